import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { comparedImports } from '../support/imported.ts';
import { manyReport } from '../support/many.ts';
import {
  hostileReport,
  incidentReport,
  inconclusiveReport,
  invalidReport,
  limitsReport,
  sameReport,
  severalReport,
  unpairedReport,
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
  unpaired: unpairedReport(),
  imported: comparedImports(),
  invalid: invalidReport(),
  inconclusive: inconclusiveReport(),
  limits: limitsReport(),
  workers: workersReport(),
  many: manyReport(),
  hostile: hostileReport(),
};
type Name = keyof typeof reports;

const all: readonly Name[] = [
  ...(['incident', 'same', 'several', 'unpaired', 'imported', 'invalid'] as const),
  ...(['inconclusive', 'limits', 'workers', 'hostile'] as const),
];
/** Contrast hangs on the colours and what overflows on the width: all of both once, and one page in what is left. */
const views = [
  { colorScheme: 'light', width: 360, names: all },
  { colorScheme: 'light', width: 1280, names: ['incident'] },
  { colorScheme: 'dark', width: 360, names: ['incident'] },
  { colorScheme: 'dark', width: 1280, names: [...all, 'many'] },
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
  async function open(
    name: Name,
    view: { readonly colorScheme: 'light' | 'dark'; readonly width: number },
    { hash = '', javaScriptEnabled = true } = {},
  ) {
    const page = await browser.newPage({
      ...{ colorScheme: view.colorScheme, javaScriptEnabled },
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
    await page.goto(`${pathToFileURL(join(folder, `${name}.html`)).href}${hash}`);
    return { page, noise };
  }

  describe.each(views)('$colorScheme, $width px', (view) => {
    it.each(view.names)('%s: silent, without overflow, readable, nothing for axe', async (name) => {
      const { page, noise } = await open(name, view);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(view.width);
      expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
      // What is closed is part of the page too; of many cells a few stand for all.
      await page.evaluate(() => {
        for (const details of [...document.querySelectorAll('details')].slice(0, 20))
          details.open = true;
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(view.width);
      expect(await faintTexts(page)).toEqual([]);
      expect(await complaintsOfAxe(page)).toEqual([]);
      expect(noise).toEqual([]);
      await page.close();
    });
  });

  const wide = views[1];

  it.each(['incident', 'same'] as const)(
    'leads from each square of the matrix to the details of its cell: %s',
    async (name) => {
      const { page } = await open(name, wide);
      const links = page.locator('.square a');
      expect(await links.count()).toBe(5);
      for (let i = 0; i < 5; i++) {
        const verdict = await links.nth(i).locator('.verdict').innerText();
        await links.nth(i).click();
        const cell = page.locator(`#cell-${i + 1}`);
        await cell.waitFor({ state: 'visible' });
        await focused(page, `cell-${i + 1}`);
        expect(await cell.evaluate((e) => Math.round(e.getBoundingClientRect().top))).toBeLessThan(
          400,
        );
        const summary = page.locator(`#d${i} > summary`);
        expect(await summary.locator('h3').innerText()).toBe(reports[name].cells[i]?.id);
        expect(await summary.locator('.verdict').innerText()).toBe(verdict);
      }
      await page.close();
    },
  );

  it('keeps in the address what is open, shown and sorted', async () => {
    const { page, noise } = await open('several', wide);
    await page.getByRole('checkbox', { name: 'improvement' }).check();
    await page.getByRole('checkbox', { name: 'unchanged' }).check();
    await page.getByRole('searchbox').fill('24');
    await page.getByRole('combobox').selectOption('matrix');
    await page.locator('#d3 > summary').click();
    await page.locator('#d3-contract > summary').click();
    const shown = () =>
      page.evaluate(() => ({
        cells: [...document.querySelectorAll<HTMLDetailsElement>('.cell:not([hidden])')].map(
          (cell) => [cell.id, cell.open],
        ),
        groups: document.querySelectorAll('tbody[data-cell]:not([hidden])').length,
        contract: document.querySelector<HTMLDetailsElement>('#d3-contract')?.open,
        count: document.querySelector('output')?.value,
        find: document.querySelector<HTMLInputElement>('#find')?.value,
      }));
    const expected = {
      cells: [
        ['d2', false],
        ['d3', true],
      ],
      ...{ groups: 2, contract: true, count: '2 of 4 cells', find: '24' },
    };
    await expect.poll(shown).toEqual(expected);
    await expect.poll(() => page.url()).toContain('toggled=d3,d3-contract');
    await page.reload();
    expect(await shown()).toEqual(expected);
    // A link to a cell that is not shown shows it.
    await page.locator('.square a').first().click();
    await page.locator('#cell-1').waitFor({ state: 'visible' });
    await page.goBack();
    await expect.poll(shown).toEqual(expected);
    expect(noise).toEqual([]);
    await page.close();
  });

  it('finds a cell among two hundred', async () => {
    const { page } = await open('many', wide);
    expect(await page.locator('.cell[open]').count()).toBe(1);
    expect(await page.locator('.cell').first().getAttribute('data-verdict')).toBe('regression');
    await page.getByRole('searchbox').fill('tls=1.2,reuse=close,kilobytes=8');
    expect(await page.locator('output').innerText()).toBe('1 of 200 cells');
    await page.getByRole('button', { name: 'Open all shown' }).click();
    expect(await page.locator('.cell[open]:not([hidden])').count()).toBe(1);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('checkbox', { name: 'regression' }).check();
    expect(await page.locator('output').innerText()).toBe('10 of 200 cells');
    expect(await page.locator('#changes-others tbody:not([hidden])').count()).toBe(0);
    await page.close();
  });

  it('is used by keyboard alone, with a focus that can be seen', async () => {
    const { page } = await open('same', wide);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Skip to the matrix',
    );
    await page.keyboard.press('Enter');
    await focused(page, 'matrix');
    // The region of the matrix, its first link, its second.
    for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement === null ? '' : getComputedStyle(activeElement).outlineStyle;
    });
    expect(outline).toBe('solid');
    await page.keyboard.press('Enter');
    await page.locator('#cell-2').waitFor({ state: 'visible' });
    await focused(page, 'cell-2');
    expect(new URL(page.url()).hash).toMatch(/^#cell-2/);
    // Back to the line that opens it, which closes it again.
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.parentElement?.id)).toBe('d1');
    await page.keyboard.press('Enter');
    await page.locator('#cell-2').waitFor({ state: 'hidden' });
    await page.close();
  });

  it('has all without JavaScript: links open cells, and what only a script can do is not there', async () => {
    const { page, noise } = await open('same', wide, { javaScriptEnabled: false });
    expect(await page.locator('#controls').isVisible()).toBe(false);
    expect(await page.locator('#cell-4').isVisible()).toBe(false);
    await page.locator('.square a').nth(3).click();
    await page.locator('#cell-4').waitFor({ state: 'visible' });
    await page.locator('#d3-contract > summary').click();
    await page.locator('#d3-contract table').waitFor({ state: 'visible' });
    expect(noise).toEqual([]);
    await page.close();
  });

  it('hands out the JSON that it carries', async () => {
    const { page } = await open('incident', wide);
    const started = page.waitForEvent('download');
    await page.getByRole('link', { name: 'report.json' }).click();
    const download = await started;
    expect(download.suggestedFilename()).toBe(`${reports.incident.id}.json`);
    await page.close();
  });

  it('shows hostile names as they are', async () => {
    const { page } = await open('hostile', wide);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img, iframe').count()).toBe(0);
    expect(await page.locator('.arm.baseline .name').innerText()).toBe(
      reports.hostile.baseline.name,
    );
    await page.locator('.arm.candidate').hover();
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    await page.close();
  });

  it('runs no script but its own, whatever is written into the page', async () => {
    const file = join(folder, 'tampered.html');
    const page = renderHtml(reports.same, shippedTemplates());
    const foreign = '<script>document.title="hacked"</script><p onclick="document.title=1">x</p>';
    writeFileSync(file, page.replace('<h1>', `${foreign}<h1>`));
    const opened = await browser.newPage();
    await opened.goto(pathToFileURL(file).href);
    await opened.locator('p[onclick]').click();
    expect(await opened.title()).toMatch(/^pass: /);
    expect(await opened.locator('#controls').isVisible()).toBe(true);
    await opened.close();
  });

  it('prints in light colours whatever the screen, and what is closed too', async () => {
    const { page } = await open('same', { colorScheme: 'dark', width: 1280 });
    expect(await page.locator('#cell-3 .comparisons').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    for (const what of ['.comparisons', '.latency', '.course', '.workers', 'dl.facts']) {
      for (const cell of ['#cell-1', '#cell-5'])
        expect(await page.locator(`${cell} ${what}`).first().isVisible()).toBe(true);
    }
    expect(await page.locator('#d4-contract table').isVisible()).toBe(true);
    for (const hidden of ['nav', '#controls'])
      expect(await page.locator(hidden).isVisible()).toBe(false);
    expect(await faintTexts(page)).toEqual([]);
    await page.close();
  });
});

/** A link moves the focus once the address has changed, which is an event of its own. */
const focused = (page: Page, id: string) =>
  page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);

/** Rules of WCAG 2.2 and good practice that the page breaks, with where. */
const complaintsOfAxe = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
};

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
