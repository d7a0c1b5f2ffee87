// Chromium, watched: a page that asks anybody else for anything, or complains on its console, fails its test.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const require = createRequire(import.meta.url);

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
}

/** A browser with nothing remembered, and its only page; `url` is that of the verifier. */
export async function visit(browser, url, options = {}) {
  // The test certificates are on the wallet's list, not on the browser's.
  const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrong.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${url}/`) && !asked.startsWith('data:')) wrong.push(`asks ${asked}`);
  });
  return {
    page,
    /** Presses the button of a query on the first page. */
    async ask(query, lang = 'en') {
      await page.goto(`${url}/?lang=${lang}`);
      await page.click(`button[value="${query}"]`);
      await page.waitForSelector('#status');
    },
    /** The request that is shown to another device, as text. */
    text: () => page.locator('details code').textContent(),
    /** The request behind the button, for this device. */
    link: () => page.locator('a.button').getAttribute('href'),
    /** Waits until the page shows by itself how it ended. */
    ended: (outcome) => page.waitForSelector(`h1.${outcome}`),
    heading: () => page.locator('h1').innerText(),
    /** What was disclosed, label by label. */
    async disclosed() {
      const lines = await page.locator('dl > div').all();
      const pair = async (line) => [await line.locator('dt').innerText(), await line.locator('dd').innerText()];
      return Object.fromEntries(await Promise.all(lines.map(pair)));
    },
    async end() {
      await context.close();
      assert.deepEqual(wrong, []);
    },
  };
}

/** The content of the QR code on the page, as a camera sees it. */
export async function scan(page) {
  const wasmBinary = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary } });
  const picture = await page.locator('figure.code').screenshot();
  const found = await readBarcodes(picture, { formats: ['QRCode'] });
  assert.equal(found.length, 1, 'one code');
  return found[0].text;
}

/** Fails on what keeps people with disabilities out, as far as a program can see it. */
export async function accessible(page) {
  // Through the debugger, which the page's own policy does not bind.
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

/** Fails when something reaches over the edge. */
export async function fits(page) {
  const over = await page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    const reaches = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > edge + 0.5);
    const scrolls = document.documentElement.scrollWidth > edge ? ['the page'] : [];
    return [...scrolls, ...reaches.map((one) => one.outerHTML.slice(0, 100))];
  });
  assert.deepEqual(over, []);
}
