// What lighthouse thinks of the sign-in page, and of the overview of somebody who is signed in.
import lighthouse, { desktopConfig } from 'lighthouse';
import puppeteer from 'puppeteer-core';
import { base, hold } from './lab.mjs';

const CATEGORIES = ['accessibility', 'best-practices'];

async function score(page, url, config) {
  const flags = { onlyCategories: CATEGORIES, disableStorageReset: true, throttlingMethod: 'provided', maxWaitForLoad: 8_000, logLevel: 'error' };
  const { lhr } = await lighthouse(url, flags, config, page);
  return CATEGORIES.map((it) => {
    const failing = lhr.categories[it].auditRefs.map((ref) => lhr.audits[ref.id]).filter((audit) => audit.score !== null && audit.score < 1);
    hold(lhr.categories[it].score === 1, `${it} of ${url} is ${lhr.categories[it].score * 100}: ${failing.map((audit) => `${audit.title} ${JSON.stringify(audit.details?.items ?? '').slice(0, 300)}`)}`);
    return it;
  });
}

export const scenarios = {
  async 'lighthouse gives 100 for accessibility and best practices'() {
    const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${process.env.WINNOW_DEBUG_PORT}`, defaultViewport: null });
    const page = await browser.newPage();
    try {
      await score(page, `${base}/`);
      await page.type('[name=name]', 'viewer');
      await page.type('[name=password]', process.env.WINNOW_VIEWER);
      await page.click('button.main');
      await page.waitForSelector('.tiles');
      await score(page, `${base}/`, desktopConfig);
      hold(await page.$('.tiles'), 'lighthouse did not see the overview');
    } finally {
      await page.close();
      await browser.disconnect();
    }
  },
};
