// What people come for, from beginning to end.
import { accessible, base, dark, hold, light, looks, nothingWaits, openFile, pages, put, seed, shot, signedIn } from './lab.mjs';

const CSV = 'name,email,date_of_birth,mobile_no,referred_by\n'
  + 'Dr. Alba Moreno,alba@example.com,1988-03-14,8123 4567,Piet\n'
  + 'Bram Visser,bram@example.org,12/31/1999,81234567,\n'
  + 'Cosima Lindt,cosima@example.net,01-02-2010,81\u200b23,Alba\n';

export const scenarios = {
  async 'a newcomer drops a first file into an empty bucket and sees it decided'() {
    const { page, end } = await signedIn(light, 'operator');
    await page.getByText('Healthy').waitFor();
    await page.getByRole('link', { name: 'Drop a file' }).click();
    await page.setInputFiles('input[type=file]', { name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
    await page.getByText('2 of 3 rows (66.7 %) would be rejected').waitFor();
    await page.getByText('Nothing has been written.').waitFor();
    await page.getByText('carried along').waitFor();
    await accessible(page, 'a dry run');
    await shot(page, 'drop-light');
    await page.getByRole('button', { name: 'Upload it' }).click();
    await page.getByRole('link', { name: 'See the file' }).click();
    await page.getByRole('heading', { name: 'members.csv' }).waitFor();
    await page.locator('.failing').first().waitFor();
    hold((await page.locator('.failing').count()) === 3, 'not just the three failing cells are marked');
    hold(await page.getByTitle('zero-width space').count() === 1, 'the invisible character is not drawn');
    const counts = await page.locator('.counts dd').allInnerTexts();
    hold(counts.join() === '3,1,2,0', `the counts are ${counts}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Rejected', exact: true }).click()]);
    hold(download.suggestedFilename().endsWith('-unsuccessful.csv'), `the download is called ${download.suggestedFilename()}`);
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.locator('td', { hasText: 'Decided' }).first().waitFor();
    await end();
  },

  async 'a reject reason leads to its files, and their number is that of the link, from the overview and from one file'() {
    const rows = (domain, times = 1) => `name,email,date_of_birth,mobile_no\n${`Ada Byron,ada@example.${domain},1985-12-10,81234567\n`.repeat(times)}`;
    await put('incoming/membership/foreign.csv', rows('org', 3));
    await put('incoming/membership/clean.csv', rows('com'));
    const { page, end } = await signedIn(light, 'viewer');
    const file = (name) => page.getByRole('link', { name, exact: true });
    const sum = async () => (await page.locator('.sum strong').allInnerTexts()).join();
    await file('clean.csv').waitFor();
    await file('foreign.csv').waitFor();
    const rejected = await page.locator('.tile', { hasText: 'Rejected' }).innerText();
    const [, of] = /% of (\d+) rows/.exec(rejected) ?? [];
    const counted = await page.getByRole('link', { name: /files with email\.domain/ }).innerText();
    await page.getByRole('link', { name: /files with email\.domain/ }).click();
    await page.getByText('Only files with rows rejected for email.domain').waitFor();
    await file('foreign.csv').waitFor();
    hold((await file('clean.csv').count()) === 0, 'a file without the code is listed');
    hold(/[?&]code=email\.domain/.test(page.url()), `the filter is not in the URL: ${page.url()}`);
    hold((await sum()).endsWith(`,${counted}`), `the overview counts ${counted}, the files that it links to ${await sum()}`);
    await accessible(page, 'the files of a code');
    await page.getByRole('link', { name: 'Show all files' }).click();
    await file('clean.csv').waitFor();
    hold((await sum()).split(',')[1] === of, `the overview counts ${of} rows, the files that it links to ${await sum()}`);
    await file('foreign.csv').click();
    await page.getByRole('link', { name: '3: files with email.domain', exact: true }).click();
    await page.getByText('Only files with rows rejected for email.domain').waitFor();
    await page.getByText(/^\d+ of the \d+ files looked at$/).waitFor();
    await file('foreign.csv').waitFor();
    await end();
  },

  async 'a minute of the chart’s table leads to its files, as many as it says'() {
    const { page, end } = await signedIn(light, 'viewer');
    await page.getByText('As a table').click();
    const minute = page.getByRole('link', { name: /files decided in the minute from/ }).last();
    const files = await minute.innerText();
    await accessible(page, 'the chart’s table');
    await minute.click();
    await page.getByText('Only files decided in the minute from').waitFor();
    hold(/[?&]minute=/.test(page.url()), `the filter is not in the URL: ${page.url()}`);
    const sum = await page.locator('.sum strong').first().innerText();
    const listed = await page.locator('tbody tr').count();
    hold(sum === files && listed === Number(files), `the minute has ${files} files, the page sums ${sum} and lists ${listed}`);
    await accessible(page, 'the files of a minute');
    await page.getByRole('link', { name: 'Show all files' }).click();
    await page.getByText('Only files decided in the minute from').waitFor({ state: 'detached' });
    await end();
  },

  async 'two processes at one bucket tell the same figures, whichever decided'() {
    const figures = async (origin) => {
      const { page, end } = await signedIn(light, 'viewer', '#/', origin);
      await page.getByRole('link', { name: 'clean.csv', exact: true }).waitFor();
      const told = {
        rejected: await page.locator('.tile', { hasText: 'Rejected' }).innerText(),
        reasons: await page.locator('.codes tbody').innerText(),
        files: await page.locator('tbody th a').allInnerTexts(),
      };
      await end();
      return JSON.stringify(told);
    };
    const [one, other] = [await figures(base), await figures(process.env.WINNOW_TWIN)];
    hold(one === other, `one says ${one}, the other ${other}`);
  },

  async 'the same name again is refused while the first still lies there, and a columnless file is told so'() {
    const { page, end } = await signedIn(light, 'operator', '#/drop');
    await page.setInputFiles('input[type=file]', { name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from('name,email\nAda,ada@example.com\n') });
    await page.getByText('It would be given up').waitFor();
    hold((await page.locator('.chips .bad').count()) === 2, 'the missing columns are not told');
    await page.getByRole('button', { name: 'Upload it all the same' }).click();
    await page.locator('.alert', { hasText: 'missing' }).waitFor();
    await page.setInputFiles('input[type=file]', { name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from('name\nAda\n') });
    await page.getByRole('button', { name: 'Upload it all the same' }).click();
    await page.getByText('A file of this name still lies in incoming/').waitFor();
    await end();
  },

  async 'an upload whose URL has expired is signed anew, and one that is cancelled ends'() {
    const { page, end } = await signedIn(light, 'operator', '#/drop');
    let refusals = 0;
    await page.route(/X-Amz-Signature/, async (route) => {
      if (route.request().method() === 'PUT' && refusals++ === 0)
        await route.fulfill({ status: 403, headers: { 'Access-Control-Allow-Origin': '*' }, body: 'expired' });
      else await route.continue();
    });
    await page.setInputFiles('input[type=file]', { name: 'again.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
    await page.getByRole('button', { name: 'Upload it' }).click();
    await page.getByRole('link', { name: 'See the file' }).waitFor();
    hold(refusals >= 2, 'the URL was not signed anew');
    await page.unroute(/X-Amz-Signature/);
    const held = [];
    await page.route(/X-Amz-Signature/, (route) => void held.push(route));
    await page.setInputFiles('input[type=file]', { name: 'cancelled.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
    await page.getByRole('button', { name: 'Upload it' }).click();
    await page.getByText(/^\d+ % of /).waitFor();
    await accessible(page, 'an upload under way');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('button', { name: 'Upload it' }).waitFor();
    hold((await page.locator('.alert').count()) === 0, 'a cancelled upload is told as a failure');
    // One that is merely held would go on its way with the route's end, where the browser has not dropped it yet.
    hold(held.length === 1, `${held.length} uploads were on their way`);
    await held[0].abort().catch(() => {});
    await page.unroute(/X-Amz-Signature/);
    await page.evaluate(() => { location.hash = '#/files?status=waiting'; });
    await nothingWaits(page);
    hold((await page.getByText('cancelled.csv').count()) === 0, 'what was cancelled lies there');
    await end();
  },

  async 'a viewer sees rejected rows masked'() {
    const { page, end } = await signedIn(dark, 'viewer', '#/files');
    await openFile(page, 'members.csv');
    await page.locator('.cells').waitFor();
    const text = await page.locator('.cells').innerText();
    hold(!/Visser|Cosima|example/.test(text), 'a viewer reads what a cell says');
    hold(text.includes('•••• ••••••'), `the cells are not masked: ${text.slice(0, 200)}`);
    hold(await page.getByTitle('zero-width space').count() === 1, 'the invisible character is not drawn');
    await end();
  },

  async 'from the link of the alarm to mended in five clicks, without typing, at 390 px'() {
    await seed('exhausted', 12);
    const { page, end } = await signedIn(dark, 'operator', '#/dead-letters?reason=exhausted');
    await page.locator('.group', { hasText: 'exhausted' }).getByText('S3 answers SlowDown').waitFor();
    await shot(page, 'dead-letters-dark');
    let clicks = 0;
    const click = async (name) => {
      await page.getByRole('button', { name, exact: true }).last().click();
      clicks += 1;
    };
    await page.locator('.group', { hasText: 'exhausted' }).getByRole('button', { name: 'Retry one first' }).click();
    clicks += 1;
    await page.getByText('11 more stay for later').waitFor();
    await accessible(page, 'the redrive dialog');
    await shot(page, 'redrive-dark');
    await click('Send 1 back');
    await page.getByText('1 of 1 decided').waitFor();
    await click('Retry the rest');
    await click('Send 11 back');
    await page.getByText('11 of 11 decided').waitFor();
    await accessible(page, 'the progress of a redrive');
    await click('Close');
    await page.locator('.group', { hasText: 'exhausted' }).waitFor({ state: 'detached' });
    hold(clicks === 5, `it took ${clicks} clicks`);
    await end();
  },

  async 'a redrive is paused, stands still, and is resumed to its end'() {
    await seed('exhausted', 60, 'held');
    const { page, end } = await signedIn(light, 'operator', '#/dead-letters?reason=exhausted');
    const group = page.locator('.group', { hasText: 'exhausted' });
    const button = (name) => page.locator('dialog').getByRole('button', { name, exact: true }).last();
    const sent = async () => Number(await page.locator('.counts dd').first().innerText());
    await group.getByRole('button', { name: 'Retry all 60' }).click();
    await button('Send 60 back').click();
    await button('Pause').click();
    await page.getByText(/^Paused: \d+ of 60 sent/).waitFor();
    await button('Resume').waitFor();
    await accessible(page, 'a paused redrive');
    // The batch that was on its way still goes; from then on nothing does.
    let before = -1;
    while (before !== (await sent())) {
      before = await sent();
      await page.waitForTimeout(12_000);
    }
    hold(before < 60, `all ${before} were sent before they were held`);
    await button('Close').click();
    await group.getByRole('button', { name: `Retry all ${60 - before}` }).waitFor();
    const row = (of) => of.locator('tr', { hasText: `${before} / 60` });
    await row(page).getByText('Paused', { exact: true }).waitFor();

    const viewer = await signedIn(dark, 'viewer', '#/dead-letters');
    await row(viewer.page).getByRole('button', { name: 'What became of it' }).click();
    const off = viewer.page.locator('dialog').getByRole('button', { name: /^Resume/ });
    hold((await off.getAttribute('aria-disabled')) === 'true', 'a viewer may resume a redrive');
    hold((await off.getAttribute('title'))?.startsWith('Operators only'), 'a viewer is not told why the button is off');
    await viewer.end();

    await row(page).getByRole('button', { name: 'What became of it' }).click();
    await button('Resume').click();
    await page.getByText('60 of 60 decided').waitFor({ timeout: 120_000 });
    hold((await sent()) === 60, `${await sent()} were sent in the end`);
    await button('Close').click();
    await group.waitFor({ state: 'detached' });
    await end();
  },

  async 'a redrive that is stopped sends no more, and what is left can be sent by another'() {
    await seed('exhausted', 60, 'stopped');
    const { page, end } = await signedIn(light, 'operator', '#/dead-letters?reason=exhausted');
    const group = page.locator('.group', { hasText: 'exhausted' });
    const button = (name) => page.locator('dialog').getByRole('button', { name, exact: true }).last();
    await group.getByRole('button', { name: 'Retry all 60' }).click();
    await button('Send 60 back').click();
    await button('Stop sending').click();
    await page.locator('dialog').getByText('Stopped', { exact: true }).waitFor();
    hold((await page.locator('dialog').getByRole('button', { name: /^(Pause|Resume|Stop sending)$/ }).count()) === 0, 'a stopped redrive can still be steered');
    await accessible(page, 'a stopped redrive');
    // The batch that was on its way still goes; from then on nothing does.
    const stay = async () => {
      await page.waitForTimeout(12_000);
      await page.reload();
      return Number((await group.getByRole('button', { name: /^Retry all/ }).innerText()).match(/\d+/)?.[0]);
    };
    let left = -1;
    for (let now = await stay(); now !== left; now = await stay()) left = now;
    hold(left > 0, 'all were sent before it was stopped');
    await page.locator('tr', { hasText: `${60 - left} / 60` }).getByText('Stopped', { exact: true }).waitFor();
    await group.getByRole('button', { name: `Retry all ${left}` }).click();
    await button(`Send ${left} back`).click();
    await page.getByText(`${left} of ${left} decided`).waitFor({ timeout: 120_000 });
    await button('Close').click();
    await group.waitFor({ state: 'detached' });
    await end();
  },

  async 'a redrive is refused and looked at again where something has changed since'() {
    const { page, end } = await signedIn(light, 'operator', '#/dead-letters');
    await put('incoming/membership/drift-1.csv', 'name\nAda\n');
    const group = page.locator('.group', { hasText: 'header.missing' });
    await group.getByRole('button', { name: /Retry all/ }).click();
    await page.getByRole('button', { name: 'Send 2 back' }).waitFor();
    await put('incoming/membership/drift-2.csv', 'name\nAda\n');
    await page.waitForFunction(() => document.title.startsWith('(3)'));
    await page.getByRole('button', { name: 'Send 2 back' }).click();
    await page.getByText('What matches has changed since you looked').waitFor();
    await page.getByRole('button', { name: 'Send 3 back' }).click();
    await page.getByText('3 of 3 came back').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).last().click();
    await end();
  },

  async 'what goes by takes neither selection nor scroll nor focus away'() {
    const { page, end } = await signedIn({ ...light, viewport: { width: 1280, height: 500 } }, 'operator', '#/dead-letters?reason=header.missing');
    const box = page.locator('tbody input[type=checkbox]').nth(1);
    await box.check();
    await box.focus();
    await page.evaluate(() => scrollTo(0, 240));
    const before = await page.evaluate(() => scrollY);
    await put('incoming/membership/drift-3.csv', 'name\nAda\n');
    await page.waitForFunction(() => document.title.startsWith('(4)'));
    await page.getByRole('button', { name: 'Changed since: show 4' }).waitFor();
    const after = await page.evaluate(() => ({ y: scrollY, focus: document.activeElement?.getAttribute('aria-label') }));
    hold(await box.isChecked(), 'the selection is gone');
    hold(after.focus?.startsWith('Choose '), `the focus is at ${after.focus}`);
    hold(Math.abs(after.y - before) <= 60, `the page jumped from ${before} to ${after.y}`);
    await end();
  },

  async 'a dead letter is discarded, found in the trash, and restored'() {
    const { page, end } = await signedIn(light, 'operator', '#/dead-letters?reason=header.missing');
    await page.getByLabel('Choose bad.csv').check();
    await page.getByRole('button', { name: 'Discard 1' }).click();
    await page.getByLabel(/Note/).fill('corrected by the sender');
    await page.locator('dialog').getByRole('button', { name: 'Discard 1' }).click();
    await page.getByLabel('Choose bad.csv').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Trash' }).click();
    await page.locator('.group').getByRole('link', { name: 'Show it', exact: true }).click();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('The trash is empty').waitFor();
    await end();
  },

  async 'a group is discarded at once, its count typed, and by one entry in the audit trail'() {
    await seed('csv.malformed', 101, 'spoilt');
    const { page, end } = await signedIn(dark, 'operator', '#/dead-letters?keyPrefix=incoming/membership/spoilt');
    const dialog = page.locator('dialog');
    await page.getByRole('button', { name: 'Discard all 101' }).click();
    const go = dialog.getByRole('button', { name: /^Discard 101/ });
    await dialog.getByText('The first 5 of 101').waitFor();
    hold((await go.getAttribute('aria-disabled')) === 'true', 'a hundred and one are discarded by a click');
    await accessible(page, 'the discard dialog');
    await dialog.getByLabel('Type 101 to go on').fill('101');
    await go.click();
    await page.getByText('There are no dead letters').waitFor();
    await page.getByRole('link', { name: 'Trash' }).click();
    await page.locator('.group').getByText('101', { exact: true }).waitFor();
    await page.evaluate(() => { location.hash = '#/activity?call=discardDeadLetters'; });
    await page.locator('tbody tr', { hasText: 'spoilt' }).waitFor();
    hold((await page.locator('tbody tr', { hasText: 'spoilt' }).count()) === 1, 'the audit trail has not just one entry of it');
    const told = await page.locator('tbody tr', { hasText: 'spoilt' }).innerText();
    hold(told.includes('Key begins with incoming/membership/spoilt') && told.includes('Count 101'), `the entry says ${told}`);
    await end();
  },

  async 'of more than one call discards it is told how many went and are left, and the rest is one click'() {
    const { page, end } = await signedIn(light, 'operator', '#/dead-letters');
    const dialog = page.locator('dialog');
    let left = 25_000;
    const asked = [];
    // Ten thousand are the most of one call, and as many would take minutes here.
    await page.route('**/admin/dead-letters/discard', async (route) => {
      const ask = route.request().postDataJSON();
      const matched = Math.min(left, 10_000);
      if (!ask.dryRun) left -= matched;
      asked.push(ask);
      await route.fulfill({ json: ask.dryRun
        ? { matched, underWay: 0, left: left - matched, exact: left <= 20_000, token: `token-${left}`, samples: [] }
        : { matched, discarded: matched, skipped: 0, underWay: 0, left, exact: true, auditId: 'a' } });
    });
    await page.locator('.group', { hasText: 'header.missing' }).getByRole('button', { name: /^Discard/ }).click();
    await dialog.getByText('of at least 25,000').waitFor();
    await dialog.getByLabel('Type 10000 to go on').fill('10000');
    await dialog.getByRole('button', { name: 'Discard 10,000', exact: true }).click();
    await dialog.getByText('10,000 discarded. 15,000 left.').waitFor();
    await accessible(page, 'a discard that is not done');
    await dialog.getByRole('button', { name: 'Discard the rest: 10,000' }).click();
    await dialog.getByText('20,000 discarded. 5,000 left.').waitFor();
    await dialog.getByRole('button', { name: 'Discard the rest: 5,000' }).click();
    await dialog.waitFor({ state: 'detached' });
    hold(asked.filter((it) => !it.dryRun).map((it) => it.token).join() === 'token-25000,token-15000,token-5000', 'what was not looked at was discarded');
    await end();
  },

  async 'the audit trail tells of it, and is saved as CSV'() {
    const { page, end } = await signedIn(light, 'viewer', '#/activity?call=discardDeadLetters');
    await page.getByText('corrected by the sender').waitFor();
    await shot(page, 'activity-light');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    const stream = await download.createReadStream();
    let text = '';
    for await (const part of stream) text += part;
    const lines = text.trim().split('\r\n');
    hold(lines.length === 3 && lines.slice(1).every((it) => it.includes('"discardDeadLetters"')) && text.includes('corrected by the sender'), `the CSV is ${text}`);
    await end();
  },

  async 'a file is found by a part of its key, by keys alone'() {
    const { page, end } = await signedIn(light, 'viewer');
    await page.keyboard.press('/');
    await page.locator('dialog input').waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('dialog input'));
    await page.keyboard.type('MEMBERS.c');
    await page.getByText('1 found').waitFor();
    await accessible(page, 'the search');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'members.csv' }).waitFor();
    await page.keyboard.press('?');
    await page.getByText('Pause or go on live').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.getByRole('heading', { name: 'Activity' }).waitFor();
    await end();
  },

  async 'a file is decided again, and both generations are told'() {
    const { page, end } = await signedIn(light, 'operator', '#/files');
    await openFile(page, 'members.csv');
    await page.getByRole('button', { name: 'Decide again' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Decide again' }).click();
    await page.getByText('Earlier generations').waitFor();
    await page.getByText('generation 2', { exact: false }).first().waitFor();
    await page.getByText('is on the queue').waitFor({ state: 'detached' });
    await shot(page, 'file-light');
    await end();
  },

  async 'every page is accessible, light at 1280 px and dark at 390 px, and fits 320 px'() {
    const fits = async (page, title, look) => {
      await page.locator('[role=status] .pulse').waitFor({ state: 'detached' });
      await page.waitForTimeout(300);
      await accessible(page, `${title}, ${look.colorScheme}`);
      await shot(page, `page-${title.replaceAll(' ', '-')}-${look.colorScheme}`);
      await page.setViewportSize({ width: 320, height: 700 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - 320);
      hold(over <= 0, `${title} is ${over} px wider than 320 px`);
      await page.setViewportSize(look.viewport);
    };
    for (const look of Object.values(looks)) {
      const { page, end } = await signedIn(look, 'operator');
      for (const [title, hash] of Object.entries(pages)) {
        await page.evaluate((to) => { location.hash = to; }, hash);
        await fits(page, title, look);
      }
      await page.evaluate(() => { location.hash = '#/files'; });
      await openFile(page, 'members.csv');
      await page.locator('.cells').waitFor();
      await fits(page, 'one file', look);
      await page.evaluate(() => { location.hash = '#/files?status=dead-letter'; });
      await page.locator('tbody th a').first().click();
      await page.getByRole('link', { name: 'Others like it' }).waitFor();
      await fits(page, 'a file given up', look);
      await page.evaluate(() => { location.hash = '#/dead-letters'; });
      await page.getByRole('button', { name: 'Retry one first' }).first().click();
      await page.getByRole('button', { name: 'Send 1 back' }).waitFor();
      await fits(page, 'redrive', look);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByText('Pause or go on live').waitFor();
      await fits(page, 'keys', look);
      await end();
    }
  },
};
