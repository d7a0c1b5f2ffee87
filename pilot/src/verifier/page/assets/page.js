// Waits for news of the request, and shows them. Without this script the page looks again by itself.
'use strict';

const status = document.getElementById('status');

async function look() {
  const address = new URL(status.dataset.watch, location.href);
  address.searchParams.set('seen', status.dataset.state);
  const answer = await fetch(address, { cache: 'no-store' });
  if (!answer.ok) throw new Error(String(answer.status));
  const { state } = await answer.json();
  if (state === 'done') {
    location.reload();
    return false;
  }
  if (state === 'fetched' && state !== status.dataset.state) status.textContent = status.dataset.fetched;
  status.dataset.state = state;
  return true;
}

async function watch() {
  for (let going = true; going; ) {
    try {
      going = await look();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  }
}

if (status) watch();
