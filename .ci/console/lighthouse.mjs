// What lighthouse thinks of every page. It loads the sign-in page and the overview by itself; the others it looks at as
// they stand, which takes a tenth of the time.
import lighthouse, { desktopConfig, snapshot } from 'lighthouse';
import puppeteer from 'puppeteer-core';
import { base, hold, pages } from './lab.mjs';

const CATEGORIES = ['accessibility', 'best-practices'];
const FLAGS = { onlyCategories: CATEGORIES, disableStorageReset: true, logLevel: 'error' };

/** @param {any} result @param {string} what */
function perfect({ lhr }, what) {
  for (const it of CATEGORIES) {
    const failing = lhr.categories[it].auditRefs.map((ref) => lhr.audits[ref.id]).filter((audit) => audit.score !== null && audit.score < 1);
    hold(lhr.categories[it].score === 1, `${it} of ${what} is ${lhr.categories[it].score * 100}: ${failing.map((audit) => `${audit.title} ${JSON.stringify(audit.details?.items ?? '').slice(0, 300)}`)}`);
  }
}

const loaded = async (page, what, config) =>
  perfect(await lighthouse(`${base}/`, { ...FLAGS, throttlingMethod: 'provided', maxWaitForLoad: 8_000 }, config, page), what);
const stands = async (page, what) => perfect(await snapshot(page, { config: desktopConfig, flags: FLAGS }), what);

export const scenarios = {
  async 'lighthouse gives every page 100 for accessibility and best practices'() {
    const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${process.env.WINNOW_DEBUG_PORT}`, defaultViewport: null });
    const page = await browser.newPage();
    try {
      await loaded(page, 'the sign-in page');
      await page.type('[name=name]', 'operator');
      await page.type('[name=password]', process.env.WINNOW_OPERATOR);
      await page.click('button.main');
      await page.waitForSelector('.tiles');
      await loaded(page, 'the overview', desktopConfig);
      hold(await page.$('.tiles'), 'lighthouse did not see the overview');
      const go = async (hash) => {
        await page.evaluate((to) => { location.hash = to; }, hash);
        await page.waitForFunction(() => !document.querySelector('[role=status] .pulse'));
      };
      for (const [title, hash] of Object.entries(pages)) {
        await go(hash);
        await stands(page, title);
      }
      await go('#/files');
      const file = await page.waitForSelector('tbody th a');
      await file.click();
      await page.waitForSelector('.way');
      await stands(page, 'one file');
      await go('#/dead-letters');
      const retry = await page.waitForSelector('.group button.main');
      await retry.click();
      await page.waitForSelector('dialog .facts');
      await stands(page, 'the redrive dialog');
    } finally {
      await page.close();
      await browser.disconnect();
    }
  },
};
