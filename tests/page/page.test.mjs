// The verifier's web page as a clerk and a citizen see it: in a real browser, answered by the command-line wallet.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, fits, launch, scan, visit } from './lib/browser.mjs';
import { call, present, refuse } from './lib/holder.mjs';
import { World } from './lib/pilot.mjs';

const pid = 'urn:eudi:pid:1';
let world, browser, wallet, eu, ca;

before(async () => {
  world = await World.make();
  [eu, ca] = await Promise.all(['eu', 'ca'].map((side) => world.start('verifier', '--side', side)));
  [wallet, browser] = await Promise.all([world.wallet(), launch()]);
});

after(async () => {
  await browser?.close();
  await world?.end();
});

/** Everything that can be looked at in one visit, closed and judged afterwards. */
async function visiting({ url }, options, look) {
  const visitor = await visit(browser, url, options);
  try {
    await look(visitor);
  } catch (error) {
    await visitor.end().catch((also) => (error.message += `\n${also.message}`));
    throw error;
  }
  await visitor.end();
}

for (const [lang, words] of Object.entries({
  en: { home: 'What shall be checked?', scan: 'Answer with your wallet', asked: '19 or older' },
  fr: { home: 'Que faut-il vérifier ?', scan: 'Répondez avec votre portefeuille', asked: '19 ans ou plus' },
})) {
  test(`a request is shown as a code and as a link (${lang})`, () =>
    visiting(ca, {}, async ({ page, ask, text, link, heading }) => {
      await page.goto(`${ca.url}/?lang=${lang}`);
      assert.equal(await heading(), words.home);
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      await accessible(page);

      await ask('ca-age-19', lang);
      assert.equal(await heading(), words.scan);
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      assert.ok((await page.locator('.asked').innerText()).includes(words.asked));
      await accessible(page);

      // The code is for another device; the button is for this one, and comes back to this browser.
      const shown = await text();
      assert.equal(await scan(page), shown);
      for (const uri of [shown, await link()]) {
        assert.equal(new URL(uri).searchParams.get('client_id'), 'x509_san_dns:localhost');
        assert.ok(new URL(uri).searchParams.get('request_uri').startsWith(`${ca.url}/request/`));
      }
      assert.notEqual(await link(), shown);
    }));
}

test('the browser chooses the language, and the citizen another', () =>
  visiting(eu, { locale: 'fr-CA' }, async ({ page, heading }) => {
    await page.goto(`${eu.url}/`);
    assert.equal(await heading(), 'Que faut-il vérifier ?');
    await page.getByRole('link', { name: 'English' }).click();
    assert.equal(await heading(), 'What shall be checked?');
  }));

test('the page shows by itself that a wallet came, the verdict, the values and the portrait', () =>
  visiting(eu, {}, async ({ page, ask, text, ended, heading, disclosed }) => {
    await ask('portrait');
    const uri = await scan(page);
    assert.equal(uri, await text());
    await wallet.run('present', uri);
    await page.waitForSelector('#status[data-state=fetched]');
    assert.equal(await page.locator('#status').innerText(), 'A wallet has the request. Waiting for its answer.');

    const { credentials } = await wallet.run('list');
    await wallet.present(uri, '--choose', `pid=${credentials.find(({ type }) => type === pid).id}`);
    await ended('accepted');
    assert.equal(await heading(), 'Accepted');
    const lines = await disclosed();
    const labels = Object.keys(lines);
    assert.deepEqual(labels.slice(0, 3), ['Given names', 'Family name', 'Date of birth'], 'as it was asked for');
    assert.equal(labels.at(-1), 'Portrait photo');
    assert.deepEqual([lines['Family name'], lines['Date of birth']], ['Vandermeer', '21 August 1994']);
    assert.equal(lines['Country of residence'], 'Belgium');
    const portrait = page.getByRole('img', { name: 'Portrait photo' });
    assert.ok((await portrait.evaluate((image) => image.naturalWidth)) > 50, 'it is a picture');
    await accessible(page);

    await page.getByRole('link', { name: 'Français' }).click();
    assert.equal(await heading(), 'Accepté');
    assert.equal((await disclosed())['Nom de famille'], 'Vandermeer');
  }));

test('nothing but the age is shown when nothing else was asked for', () =>
  visiting(ca, {}, async ({ ask, text, ended, disclosed }) => {
    await ask('ca-age-19', 'fr');
    await wallet.present(await text());
    await ended('accepted');
    assert.deepEqual(await disclosed(), { '19 ans ou plus': 'oui' });
  }));

test('a no is told in plain words', () =>
  visiting(eu, {}, async ({ page, ask, text, ended, heading }) => {
    await ask('eu-pid-sd-jwt');
    await wallet.decline(await text());
    await ended('declined');
    assert.equal(await heading(), 'Declined: nothing was shared');
    assert.equal(await page.locator('dl').count(), 0);
    await accessible(page);
    await page.getByRole('link', { name: 'Begin again' }).click();
    assert.equal(await heading(), 'What shall be checked?');
  }));

/** A request that a holder without a wallet can answer: not encrypted. */
async function request(query) {
  const { status, text } = await call('POST', `${eu.url}/api/requests`, undefined, { ...query, response_mode: 'direct_post' });
  assert.equal(status, 201, text);
  return JSON.parse(text);
}

test('an answer that is not accepted is told in plain words, and shows nothing of itself', () =>
  visiting(eu, {}, async ({ page, ended, heading }) => {
    const { uri, page: address } = await request({ query: 'eu-pid-sd-jwt' });
    await page.goto(`${address}?lang=en`);
    const { status } = await present(world, uri, { family_name: 'Secretname' });
    assert.equal(status, 400);
    await ended('refused');
    assert.equal(await heading(), 'Not accepted');
    const said = await page.locator('main').innerText();
    assert.ok(said.includes('Nothing of it was used.') && said.includes('WC-3203'), said);
    assert.ok(!said.includes('Secretname'));
    await accessible(page);
  }));

test('a wallet that cannot answer is told apart from an answer that does not hold', () =>
  visiting(eu, {}, async ({ page, ended, heading }) => {
    const { uri, page: address } = await request({ query: 'eu-pid-sd-jwt' });
    await page.goto(`${address}?lang=en`);
    assert.equal((await refuse(uri, 'vp_formats_not_supported')).status, 200);
    await ended('unable');
    assert.equal(await heading(), 'The wallet could not answer');
    assert.ok((await page.locator('main').innerText()).includes('The wallet gave this reason: vp_formats_not_supported'));
  }));

test('markup in values stays text', () =>
  visiting(eu, {}, async ({ page, ended, disclosed }) => {
    const markup = `<img src=x onerror=alert(1)><script>alert(2)</script>"'><b>bold`;
    const { uri, page: address } = await request({ query: 'eu-pid-sd-jwt' });
    await page.goto(`${address}?lang=en`);
    const { status, text } = await present(world, uri, { family_name: markup, nationalities: [markup] });
    assert.equal(status, 200, text);
    await ended('accepted');
    assert.equal((await disclosed())['Family name'], markup);
    assert.equal(await page.locator('main :is(img, script, b)').count(), 0);

    const other = await request({ query: 'eu-pid-sd-jwt' });
    await page.goto(`${other.page}?lang=en`);
    await refuse(other.uri, '<img src=x onerror=alert(3)>');
    await ended('unable');
    assert.ok((await page.locator('main').innerText()).includes('<img src=x onerror=alert(3)>'));
    assert.equal(await page.locator('main img').count(), 0);
  }));

test('on one device the wallet leads back to the browser that began, and to no other', async () => {
  let back;
  await visiting(eu, {}, async ({ page, ask, link, ended, heading, disclosed }) => {
    await ask('eu-pid-mdoc');
    ({ redirect_uri: back } = await wallet.present(await link()));
    await page.waitForFunction(() => document.querySelector('h1').innerText === 'Go on where your wallet took you');
    assert.equal(await page.getByText('Vandermeer').count(), 0);
    await page.goto(back);
    await ended('accepted');
    assert.equal(await heading(), 'Accepted');
    assert.equal((await disclosed())['Family name'], 'Vandermeer');
  });
  const stranger = await visit(browser, eu.url, { locale: 'en' });
  const answer = await stranger.page.goto(back);
  assert.equal(answer.status(), 403);
  assert.equal(await stranger.heading(), 'This was not begun here');
  // The status is what the browser complains of.
  await assert.rejects(stranger.end(), /403/);
});

test('on the narrowest phone nothing reaches over the edge', () =>
  visiting(eu, { viewport: { width: 360, height: 640 } }, async ({ page, ask, text, ended }) => {
    for (const lang of ['en', 'fr']) {
      await page.goto(`${eu.url}/?lang=${lang}`);
      await fits(page);
      await ask('portrait', lang);
      await page.locator('summary').click();
      await fits(page);
      assert.equal(await scan(page), await text());
      await wallet.present(await text());
      await ended('accepted');
      await fits(page);
      await ask('eu-pid-sd-jwt', lang);
      await wallet.decline(await text());
      await ended('declined');
      await fits(page);
    }
    const long = 'Lopadotemachoselachogaleokranioleipsanodrimhypotrimmatosilphio'.repeat(3);
    const { uri, page: address } = await request({ query: 'eu-pid-sd-jwt' });
    await page.goto(`${address}?lang=fr`);
    assert.equal((await present(world, uri, { family_name: long, nationalities: ['BE'] })).status, 200);
    await ended('accepted');
    await fits(page);
  }));

test('in the dark it can be read and scanned, too', () =>
  visiting(eu, { colorScheme: 'dark' }, async ({ page, ask, text, ended }) => {
    await ask('eu-pid-mdoc');
    await accessible(page);
    assert.equal(await scan(page), await text());
    await wallet.present(await text());
    await ended('accepted');
    await accessible(page);
  }));

test('a keyboard is enough', () =>
  visiting(ca, {}, async ({ page, text, ended }) => {
    await page.goto(`${ca.url}/?lang=en`);
    const focused = () => page.evaluate(() => document.activeElement.getAttribute('value') ?? document.activeElement.innerText);
    const tabTo = async (wanted) => {
      for (let steps = 0; steps < 20; steps += 1) {
        await page.keyboard.press('Tab');
        if ((await focused()) === wanted) return;
      }
      assert.fail(`${wanted} cannot be reached`);
    };
    await tabTo('ca-age-19');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, 'solid', 'where one is can be seen');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#status');
    await tabTo('The request as text');
    await page.keyboard.press('Enter');
    assert.ok(await page.locator('details code').isVisible());
    await wallet.decline(await text());
    await ended('declined');
    await tabTo('Begin again');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.choices');
  }));

test('without script the page looks again by itself', () =>
  visiting(eu, { javaScriptEnabled: false }, async ({ ask, text, ended }) => {
    await ask('eu-pid-sd-jwt');
    await wallet.present(await text());
    await ended('accepted');
  }));
