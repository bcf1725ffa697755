// A Chromium without a window, driven through chromedriver.
import { spawn } from 'node:child_process';

const arguments_ = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
// Notes the moment at which ten results (or all there are) stand in the page.
const WATCH = `new MutationObserver(() => {
  const list = document.getElementById('results');
  const done = globalThis.done || (list?.getAttribute('aria-busy') === 'false' && list.dataset.query !== undefined);
  if (done && list.children.length) globalThis.doneAt ??= performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true });`;

export const browse = async () => {
  const driver = spawn('chromedriver', ['--port=0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const port = await new Promise((done, fail) => {
    driver.on('error', () => fail(new Error('chromedriver is missing: apt-get install chromium chromium-driver')));
    driver.stdout.on('data', (data) => {
      const found = `${data}`.match(/started successfully on port (\d+)/);
      if (found) done(found[1]);
    });
  });
  const call = async (method, path, body) => {
    const answer = await (await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) })).json();
    if (answer.value?.error) throw new Error(answer.value.message);
    return answer.value;
  };
  const wanted = { 'goog:chromeOptions': { args: arguments_ }, timeouts: { script: 120_000, pageLoad: 120_000 } };
  const session = `/session/${(await call('POST', '/session', { capabilities: { alwaysMatch: wanted } })).sessionId}`;
  const devtools = (cmd, params) => call('POST', `${session}/goog/cdp/execute`, { cmd, params });
  await devtools('Network.enable', {});
  await devtools('Network.setCacheDisabled', { cacheDisabled: true });
  await devtools('Page.addScriptToEvaluateOnNewDocument', { source: WATCH });
  const open = (url) => call('POST', `${session}/url`, { url });
  const run = async (body) => {
    const script = `const done = arguments[arguments.length - 1]; (async () => { ${body} })().then((value) => done({ value }), (error) => done({ error: String(error.stack ?? error) }))`;
    const { value, error } = await call('POST', `${session}/execute/async`, { script, args: [] });
    if (error) throw new Error(error);
    return value;
  };
  // How long the results took from navigation, in milliseconds, and when that was.
  const timeTo = async (url) => {
    await open(url);
    const time = await run('for (let i = 0; i < 6000 && !globalThis.doneAt; i++) await new Promise((done) => setTimeout(done, 10)); return globalThis.doneAt ?? NaN;');
    return { time, at: await run('return performance.timeOrigin + globalThis.doneAt') };
  };
  const close = async () => {
    await call('DELETE', session);
    driver.kill();
  };
  return { open, run, timeTo, close };
};
