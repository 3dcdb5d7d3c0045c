// What every scenario works with: a browser, somebody signed in, and facts that are held to be true.
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

export const base = process.env.WINNOW_CONSOLE;
export const looks = {
  'light, 1280 px': { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  'dark, 390 px': { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true },
};
export const light = looks['light, 1280 px'];
export const dark = looks['dark, 390 px'];
/** Every page that has a URL of its own. */
export const pages = {
  overview: '#/',
  'dead letters': '#/dead-letters?reason=header.missing',
  trash: '#/dead-letters?state=discarded',
  'files of the last hour': '#/files?status=latest',
  'files of a day': '#/files',
  'waiting files': '#/files?status=waiting',
  'files given up': '#/files?status=dead-letter',
  activity: '#/activity',
  drop: '#/drop',
  'no such page': '#/nowhere',
  'no such file': '#/files/000000000000000000000000',
};
const shots = process.env.WINNOW_SCREENSHOTS;
const PATIENCE = 20_000;

export class Failed extends Error {}

/** @param {unknown} condition @param {string} fact */
export function hold(condition, fact) {
  if (!condition) throw new Failed(fact);
}

let browser;
/** Pages of a scenario that has not come to its end. */
const unended = new Set();

export async function open() {
  browser = await chromium.launch({
    executablePath: process.env.WINNOW_CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${process.env.WINNOW_DEBUG_PORT}`],
  });
}

export const close = () => browser?.close();

/**
 * A page of a browser that knows nothing yet. What its console says that it should not is a failure at the end.
 * @param {object} look @param {string} [origin]
 */
export async function visit(look, hash = '#/', origin = base) {
  const context = await browser.newContext({ ...look, locale: 'en', timezoneId: 'Europe/Amsterdam', acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const said = [];
  page.on('pageerror', (error) => said.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    // A refused call is told by the browser too; the scenarios look at what the page makes of it.
    if (['error', 'warning'].includes(message.type()) && !/Failed to load resource|net::ERR/.test(message.text())) said.push(message.text());
  });
  unended.add(page);
  await page.goto(`${origin}/${hash}`);
  return {
    page,
    async end() {
      unended.delete(page);
      await context.close();
      hold(said.length === 0, `the browser's console says: ${said.join(' | ')}`);
    },
  };
}

/** @param {import('playwright-core').Page} page */
export async function signIn(page, user, password = process.env[`WINNOW_${user.toUpperCase()}`]) {
  await page.getByLabel('Name').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** A visit of somebody who is signed in and sees the page. */
export async function signedIn(look, user, hash = '#/', origin = base) {
  const visitor = await visit(look, hash, origin);
  await signIn(visitor.page, user);
  await visitor.page.locator('main h1').first().waitFor();
  await visitor.page.getByText('Live', { exact: true }).waitFor();
  return visitor;
}

/** No violation of WCAG 2.2 AA and of best practices, and nothing wider than the screen. */
export async function accessible(page, what) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  const told = violations.map((it) => `${it.id}: ${it.nodes.map((node) => `${node.target} ${node.failureSummary ?? ''}`).slice(0, 3).join('; ')}`);
  hold(told.length === 0, `axe finds in ${what}: ${told.join(' | ')}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  hold(over <= 0, `${what} is ${over} px wider than the screen`);
}

export async function shot(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, animations: 'disabled' });
}

/** Tells what a scenario that failed saw last, and takes pictures of it. */
export async function failed(name) {
  for (const page of unended) {
    const seen = await page.locator('main').innerText({ timeout: 2_000 }).catch(() => 'nothing');
    console.log(`     ${page.url()} showed: ${seen.replaceAll(/\s+/g, ' ').slice(0, 500)}`);
    await shot(page, `FAIL-${name.replaceAll(/\W+/g, '-').slice(0, 60)}`).catch(() => {});
    await page.context().close();
  }
  unended.clear();
}

/** Opens a file from the list of its day, which shows a hundred at a time in an order that nobody knows before. */
export async function openFile(page, name) {
  await page.locator('tbody th a').first().waitFor();
  const link = page.getByRole('link', { name });
  while (!(await link.count())) {
    const before = await page.locator('tbody tr').count();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.locator('tbody tr').nth(before).waitFor();
  }
  await link.click();
}

/** On the list of waiting files, which is asked for anew until it is empty: what was dropped a moment ago takes its time. */
export async function nothingWaits(page) {
  for (let seconds = 0; !(await page.getByText('Nothing waits').isVisible()); seconds += 1) {
    hold(seconds < PATIENCE / 1000, 'something waits');
    await page.waitForTimeout(1000);
    await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  }
}

export async function put(key, body) {
  const answer = await fetch(`${process.env.WINNOW_HELPER}/${key}`, { method: 'PUT', body });
  hold(answer.ok, `cannot put ${key}`);
}

/** Files that S3 did not let be read, and that can be read by now. */
export async function seed(reason, files, name = 'outage') {
  const answer = await fetch(`${process.env.WINNOW_HELPER}/seed/${reason}/${files}/${name}`, { method: 'POST' });
  hold(answer.ok, `cannot seed ${files} dead letters`);
}
