// Signing in, being refused, and what viewers may not do.
import { accessible, base, dark, hold, light, looks, shot, signedIn, signIn, visit } from './lab.mjs';

export const scenarios = {
  async 'the page and its files come with a policy that lets nothing else run'() {
    const answer = await fetch(`${base}/`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"])
      hold(policy.split('; ').includes(part), `the policy lacks ${part}: ${policy}`);
    hold(!policy.includes('unsafe'), `the policy lets something unsafe: ${policy}`);
    const script = await fetch(`${base}/app/main.js`);
    hold(script.headers.get('x-content-type-options') === 'nosniff' && script.headers.get('cache-control') === 'no-cache', 'a script lacks its headers');
    hold(/javascript/.test(script.headers.get('content-type') ?? ''), `a script is ${script.headers.get('content-type')}`);
  },

  async 'somebody unknown sees nothing but the sign-in, and is told what is wrong'() {
    for (const [name, look] of Object.entries(looks)) {
      const { page, end } = await visit(look, '#/dead-letters');
      await page.getByRole('heading', { name: 'Winnow' }).waitFor();
      await accessible(page, `the sign-in page, ${name}`);
      await shot(page, `sign-in-${look.colorScheme}`);
      await page.setViewportSize({ width: 320, height: 700 });
      hold(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, 'the sign-in page is wider than 320 px');
      await page.setViewportSize(look.viewport);
      await signIn(page, 'viewer', 'wrong');
      await page.getByText('Name and password do not go together').waitFor();
      await accessible(page, `a refused sign-in, ${name}`);
      hold(await page.evaluate(() => sessionStorage.length) === 0, 'refused credentials are kept');
      await signIn(page, 'viewer');
      await page.getByRole('heading', { name: 'Dead letters', level: 1 }).waitFor();
      await end();
    }
  },

  async 'a token that is none is refused in words'() {
    const { page, end } = await visit(light);
    await page.getByRole('button', { name: 'Use an access token' }).click();
    await page.getByLabel('Access token').fill('none');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText(/not valid/).waitFor();
    await end();
  },

  async 'signing out forgets who it was, and a reload does not'() {
    const { page, end } = await signedIn(light, 'operator');
    await page.reload();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.locator('.menu summary').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Password').waitFor();
    hold(await page.evaluate(() => sessionStorage.length) === 0, 'credentials are kept after signing out');
    await page.reload();
    await page.getByLabel('Password').waitFor();
    await end();
  },

  async 'a viewer sees why buttons are off, and pressing them does nothing'() {
    const { page, end } = await signedIn(dark, 'viewer', '#/drop');
    await page.setInputFiles('input[type=file]', { name: 'viewer.csv', mimeType: 'text/csv', buffer: Buffer.from('name,email,date_of_birth,mobile_no\n') });
    const upload = page.getByRole('button', { name: /Upload it/ });
    await upload.waitFor();
    hold((await upload.getAttribute('aria-disabled')) === 'true', 'a viewer may upload');
    hold((await upload.getAttribute('title'))?.startsWith('Operators only'), 'a button that is off does not say why');
    const calls = [];
    page.on('request', (request) => calls.push(request.url()));
    await upload.click({ force: true });
    hold(!calls.some((url) => url.includes('/admin/uploads')), 'a button that is off makes a call');
    const refused = await page.evaluate(async () => (await fetch('/admin/uploads', {
      method: 'POST', credentials: 'omit',
      headers: { Authorization: sessionStorage.getItem('winnow.authorization') ?? '', 'Content-Type': 'application/json' },
      body: '{"dataset":"membership","name":"a.csv"}',
    })).status);
    hold(refused === 403, `the service answers a viewer's upload with ${refused}`);
    await accessible(page, 'a dry run as a viewer');
    await end();
  },

  async 'credentials that end while somebody looks lead back to the sign-in'() {
    const { page, end } = await signedIn(light, 'viewer');
    await page.evaluate(() => sessionStorage.setItem('winnow.authorization', 'Basic bm9ib2R5Om5vdGhpbmc='));
    await page.getByRole('link', { name: 'Files', exact: true }).first().click();
    await page.getByLabel('Password').waitFor();
    await end();
  },
};
