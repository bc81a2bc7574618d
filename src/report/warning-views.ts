import type { Warning } from '../model/warning.ts';
import { visible } from './visible.ts';

export const warningViews = (warnings: readonly Warning[]) =>
  warnings.map(({ code, message, next }) => ({
    code: visible(code),
    message: visible(message),
    next: visible(next),
  }));
