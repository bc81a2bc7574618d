import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import {
  hostileReport,
  incidentReport,
  inconclusiveReport,
  invalidReport,
  limitsReport,
  sameReport,
  severalReport,
  workersReport,
} from '../support/report.ts';
import { shippedTemplates } from '../support/templates.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
const title = hasBrowser
  ? 'the page in a browser'
  : `the page in a browser (skipped: no browser at ${executablePath}; set CHROMIUM)`;

const reports = {
  incident: incidentReport(),
  same: sameReport(),
  several: severalReport(),
  invalid: invalidReport(),
  inconclusive: inconclusiveReport(),
  limits: limitsReport(),
  workers: workersReport(),
  hostile: hostileReport(),
};
type Name = keyof typeof reports;

const all: readonly Name[] = [
  'incident',
  'same',
  'several',
  'invalid',
  'inconclusive',
  'limits',
  'workers',
  'hostile',
];
const most: readonly Name[] = ['incident', 'hostile'];

const views = [
  { colorScheme: 'light', width: 360, names: all },
  { colorScheme: 'light', width: 1280, names: most },
  { colorScheme: 'dark', width: 360, names: most },
  { colorScheme: 'dark', width: 1280, names: all },
] as const;

describe.skipIf(!hasBrowser)(title, () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'bench-report-'));

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    for (const [name, report] of Object.entries(reports)) {
      writeFileSync(join(folder, `${name}.html`), renderHtml(report, shippedTemplates()));
    }
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens the page and notes whatever it says, asks of the network or opens. */
  async function open(name: Name, view: (typeof views)[number]) {
    const page = await browser.newPage({
      colorScheme: view.colorScheme,
      viewport: { width: view.width, height: 800 },
    });
    const noise: string[] = [];
    page.on('console', (message) => noise.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      noise.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.route('**/*', (route) => {
      const url = route.request().url();
      if (/^(file|data):/.test(url)) return route.continue();
      noise.push(`request: ${url}`);
      return route.abort();
    });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    return { page, noise };
  }

  describe.each(views)('$colorScheme, $width px', (view) => {
    it.each(view.names)('%s: silent, without overflow, readable', async (name) => {
      const { page, noise } = await open(name, view);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(view.width);
      expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
      expect(await faintTexts(page)).toEqual([]);
      expect(noise).toEqual([]);
      await page.close();
    });
  });

  it('leads from each square of the matrix to the details of its cell', async () => {
    const { page } = await open('incident', views[1]);
    const links = page.locator('.square a');
    expect(await links.count()).toBe(5);
    for (let i = 0; i < 5; i++) {
      const verdict = await links.nth(i).locator('.verdict').innerText();
      await links.nth(i).click();
      const cell = page.locator(':target');
      expect(await cell.evaluate((e) => Math.round(e.getBoundingClientRect().top))).toBeLessThan(
        800,
      );
      expect(await cell.locator('h3').innerText()).toBe(reports.incident.cells[i]?.id);
      expect(await cell.locator('.cell-head .verdict').innerText()).toBe(verdict);
    }
    await page.close();
  });

  it('is used by keyboard, with a focus that can be seen', async () => {
    const { page } = await open('incident', views[1]);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Skip to the matrix',
    );
    await page.locator('.square a').first().focus();
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement === null ? '' : getComputedStyle(activeElement).outlineStyle;
    });
    expect(outline).toBe('solid');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#cell-2');
    await page.close();
  });

  it('hands out the JSON that it carries', async () => {
    const { page } = await open('incident', views[1]);
    const started = page.waitForEvent('download');
    await page.getByRole('link', { name: 'report.json' }).click();
    const download = await started;
    expect(download.suggestedFilename()).toBe(`${reports.incident.id}.json`);
    await page.close();
  });

  it('shows hostile names as they are', async () => {
    const { page } = await open('hostile', views[1]);
    expect(await page.locator('script, img, iframe').count()).toBe(0);
    expect(await page.locator('.arm.baseline .name').innerText()).toBe(
      reports.hostile.baseline.name,
    );
    await page.locator('.arm.candidate').hover();
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    await page.close();
  });

  it('prints in light colours whatever the screen', async () => {
    const { page } = await open('incident', views[3]);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    expect(await faintTexts(page)).toEqual([]);
    await page.close();
  });
});

/** Texts below the contrast that WCAG 2.2 AA asks for: 4.5, or 3 from 24 px or bold 18.66 px. */
const faintTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (canvas === null) throw new Error('no canvas');
    const seen = new Map<string, number[]>();
    const rgba = (colour: string): number[] => {
      const known = seen.get(colour);
      if (known !== undefined) return known;
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const pixel = [...canvas.getImageData(0, 0, 1, 1).data];
      seen.set(colour, pixel);
      return pixel;
    };
    const luminance = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = rgba(colour).map((c) => {
        const s = c / 255;
        return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const backgroundOf = (start: Element): string => {
      for (let e: Element | null = start; e !== null; e = e.parentElement) {
        const { backgroundColor } = getComputedStyle(e);
        if (rgba(backgroundColor)[3] === 255) return backgroundColor;
      }
      return 'white';
    };
    const faint: string[] = [];
    for (const e of document.querySelectorAll('body *')) {
      const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent?.trim() !== '');
      if (!own || e.getClientRects().length === 0) continue;
      const style = getComputedStyle(e);
      const ink = luminance(e instanceof SVGElement ? style.fill : style.color);
      const paper = luminance(backgroundOf(e));
      const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
      const size = Number.parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio < (isLarge ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)}: ${e.textContent?.trim()}`);
    }
    return faint;
  });
