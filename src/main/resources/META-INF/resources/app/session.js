/**
 * Who is signed in, and the calls in their name. The credentials are kept in this tab's sessionStorage and sent by the
 * page alone, never as a cookie, so that no other site's page can call in the user's name.
 */
import { parameters, session as words } from './strings.js';

const KEY = 'winnow.authorization';

/** A call that was refused, or that nobody answered (status 0). */
export class Refusal extends Error {
  /** @param {number} status @param {string} detail */
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** An error in words. @param {unknown} error */
export const told = (error) => (error instanceof Error ? error.message : String(error));

/** @type {Answer.Self | undefined} */
let self;
/** @type {Set<() => void>} */
const listeners = new Set();

export const me = () => self;
export const mayChange = () => self?.role === 'operator';
export const authorization = () => sessionStorage.getItem(KEY) ?? '';

/** @param {() => void} heard */
export function onSession(heard) {
  listeners.add(heard);
}

/** @param {string} name @param {string} password */
export function basic(name, password) {
  const bytes = new TextEncoder().encode(`${name}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/**
 * Tries credentials, and keeps them where they are good.
 * @param {string} credentials
 */
export async function signIn(credentials) {
  sessionStorage.setItem(KEY, credentials);
  try {
    self = await call('/admin/me');
  } catch (refusal) {
    sessionStorage.removeItem(KEY);
    throw refusal;
  }
  for (const heard of listeners) heard();
}

/** Goes on with what this tab was signed in with. */
export async function resume() {
  if (authorization()) await signIn(authorization());
}

export function signOut() {
  sessionStorage.removeItem(KEY);
  self = undefined;
  for (const heard of listeners) heard();
}

/**
 * Makes an admin call.
 * @param {string} path
 * @param {RequestInit & { json?: unknown, query?: Record<string, string | number | undefined> }} [options]
 * @returns {Promise<any>}
 */
export async function call(path, options = {}) {
  const { json, query, ...init } = options;
  const headers = new Headers(init.headers);
  headers.set('Authorization', authorization());
  if (json !== undefined) headers.set('Content-Type', 'application/json');
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value) given.set(name, String(value));
  let answer;
  try {
    answer = await fetch(given.size ? `${path}?${given}` : path, {
      ...init,
      headers,
      body: json === undefined ? init.body : JSON.stringify(json),
      credentials: 'omit',
      cache: 'no-store',
    });
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') throw e;
    throw new Refusal(0, words.unreachable);
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  if (answer.status === 401 && self) signOut();
  const faults = (body.errors ?? []).map((/** @type {any} */ it) => `${parameters[it.field] ?? it.field}: ${it.message}`).join('; ');
  throw new Refusal(answer.status, (body.detail ?? words.status(answer.status)) + (faults && `: ${faults}`));
}
