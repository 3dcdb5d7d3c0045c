/**
 * The stream of snapshots, and how far it can be trusted. It is read by fetch, since EventSource can send no
 * Authorization header.
 */
import { authorization, signOut } from './session.js';

/** Longer without an event than two of the server's, and what is seen may be old. */
const STALE = 6_000;
const LONGEST_WAIT = 10_000;

/** @type {Answer.Snapshot | undefined} */
let snapshot;
let heardAt = 0;
let wanted = false;
let paused = false;
let tries = 0;
/** @type {AbortController | undefined} */
let line;
/** @type {Set<() => void>} */
const listeners = new Set();

export const latest = () => snapshot;

/** @returns {{ state: 'live' | 'paused' | 'stale' | 'connecting', seconds: number }} */
export function state() {
  const age = Date.now() - heardAt;
  const seconds = heardAt ? Math.round(age / 1000) : 0;
  if (paused) return { state: 'paused', seconds };
  if (!heardAt) return { state: 'connecting', seconds };
  return { state: age > STALE ? 'stale' : 'live', seconds };
}

/** @param {() => void} heard */
export function onLive(heard) {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

const tell = () => listeners.forEach((heard) => heard());

export function start() {
  if (wanted) return;
  wanted = true;
  void listen();
}

export function stop() {
  wanted = false;
  snapshot = undefined;
  heardAt = 0;
  paused = false;
  line?.abort();
}

export function togglePause() {
  paused = !paused;
  if (paused) line?.abort();
  else void listen();
  tell();
}

async function listen() {
  const mine = (line = new AbortController());
  while (wanted && !paused && line === mine) {
    try {
      await read(mine.signal);
      tries = 0;
    } catch {
      tries += 1;
    }
    tell();
    if (mine.signal.aborted) return;
    const wait = Math.min(LONGEST_WAIT, 500 * 2 ** Math.min(tries, 5));
    await new Promise((ended) => setTimeout(ended, tries ? wait : 50));
  }
}

/** @param {AbortSignal} signal */
async function read(signal) {
  const answer = await fetch('/admin/live', {
    headers: { Authorization: authorization(), Accept: 'text/event-stream' },
    credentials: 'omit',
    cache: 'no-store',
    signal,
  });
  if (answer.status === 401) signOut();
  if (!answer.ok || !answer.body) throw new Error(String(answer.status));
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const events = text.split(/\r?\n\r?\n/);
    text = events.pop() ?? '';
    events.forEach(take);
  }
}

/** @param {string} event */
function take(event) {
  const fields = event.split(/\r?\n/);
  const of = (/** @type {string} */ name) =>
    fields.filter((it) => it.startsWith(`${name}:`)).map((it) => it.slice(name.length + 1).trim());
  heardAt = Date.now();
  tries = 0;
  if (of('event')[0] === 'snapshot') snapshot = JSON.parse(of('data').join('\n'));
  tell();
}

// What is seen grows old by the second, whether an event comes or not.
setInterval(() => {
  if (wanted && state().state === 'stale') tell();
}, 1000);
