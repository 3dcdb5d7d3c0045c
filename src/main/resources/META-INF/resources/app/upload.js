/** A file's way from the browser to the bucket, by a URL that is signed at the click. */
import { call, me, Refusal } from './session.js';
import { upload as words } from './strings.js';

/**
 * Uploads a file. A URL that has expired is signed anew, once.
 * @param {string} dataset
 * @param {File} file
 * @param {{ signal: AbortSignal, progress: (sent: number) => void }} options
 * @returns {Promise<{ key: string, eTag: string | null }>}
 */
export async function upload(dataset, file, options) {
  for (let tries = 1; ; tries += 1) {
    const signed = await call('/admin/uploads', { method: 'POST', json: { dataset, name: file.name }, signal: options.signal });
    const { status, eTag } = await put(signed, file, options);
    if (status >= 200 && status < 300) return { key: signed.key, eTag };
    if (status === 403 && tries === 1) continue;
    throw new Refusal(status, told(status));
  }
}

/** @param {number} status */
function told(status) {
  if (status === 412 || status === 409) return words.taken(me()?.incoming);
  if (status === 403) return words.forbidden(me()?.incoming);
  return status ? words.refused(status) : words.unreachable;
}

/**
 * By XMLHttpRequest, since fetch tells nothing of how much was sent.
 * @param {{ url: string, headers: Record<string, string> }} signed
 * @param {File} file
 * @param {{ signal: AbortSignal, progress: (sent: number) => void }} options
 * @returns {Promise<{ status: number, eTag: string | null }>}
 */
function put(signed, file, { signal, progress }) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('PUT', signed.url);
    for (const [name, value] of Object.entries(signed.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (e) => progress(e.loaded);
    request.onload = () => done({ status: request.status, eTag: request.status < 300 ? request.getResponseHeader('ETag') : null });
    request.onerror = () => done({ status: 0, eTag: null });
    signal.addEventListener('abort', () => {
      request.abort();
      failed(new DOMException('', 'AbortError'));
    });
    request.send(file);
  });
}
