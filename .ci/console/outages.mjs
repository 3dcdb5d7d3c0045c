// A service that stands still and comes back, and one with ten thousand dead letters.
import { hold, light, dark, accessible, shot, signedIn } from './lab.mjs';

const service = Number(process.env.WINNOW_PID);

export const scenarios = {
  async 'a service that stands still makes the page say so, and its return is told too'() {
    const { page, end } = await signedIn(light, 'operator', '#/dead-letters?reason=header.missing');
    const box = page.locator('tbody input[type=checkbox]').first();
    await box.check();
    process.kill(service, 'SIGSTOP');
    try {
      await page.getByText(/Stale \d+ s/).waitFor({ timeout: 15_000 });
      await accessible(page, 'a page that is stale');
    } finally {
      process.kill(service, 'SIGCONT');
    }
    await page.getByText('Live', { exact: true }).waitFor();
    hold(await box.isChecked(), 'the selection is gone');
    await end();
  },

  async 'a line that breaks is taken up again, and a call that fails can be tried again'() {
    const { page, end } = await signedIn(light, 'operator');
    await page.context().setOffline(true);
    // A line that is up stays so: it is cut and taken up again.
    await page.keyboard.press('p');
    await page.keyboard.press('p');
    await page.getByText(/Stale \d+ s/).waitFor({ timeout: 15_000 });
    await page.getByRole('link', { name: 'Files', exact: true }).first().click();
    await page.getByText('Cannot reach the service').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('tbody th a').first().waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await end();
  },

  async 'who pauses sees no more than at that moment, until going on'() {
    const { page, end } = await signedIn(light, 'viewer');
    await page.keyboard.press('p');
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.keyboard.press('p');
    await page.getByText('Live', { exact: true }).waitFor();
    await end();
  },

  async 'ten thousand dead letters are counted exactly, grouped, and shown a page at a time'() {
    const { page, end } = await signedIn(dark, 'viewer', '#/dead-letters?reason=csv.malformed', process.env.WINNOW_CROWDED);
    await page.getByText('an exact count').waitFor({ timeout: 90_000 });
    hold((await page.locator('.sum strong').innerText()) === '10,000', 'the count is another');
    hold((await page.locator('.group').count()) === 2, 'there are not two groups');
    await page.locator('tbody tr').nth(99).waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.locator('tbody tr').nth(199).waitFor();
    hold((await page.locator('tbody tr').count()) === 200, 'a page holds other than a hundred items');
    await shot(page, 'crowded-dark');
    await end();
  },
};

