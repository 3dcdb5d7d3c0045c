/** The first page: whether all is well, and if not, what is not. */
import { html, nothing, repeat } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { latest, onLive } from './live.js';
import { onChoice } from './settings.js';
import { count, decimal, duration, name, percent, time, moment } from './format.js';
import { state, reason, loading, empty } from './parts.js';
import { throughput, codes } from './charts.js';
import { reasons } from './strings.js';
import { to } from './route.js';

/** Older than that, something waits for longer than it should. */
const LATE = 15 * 60_000;

/** @param {number} n @param {string} what */
const many = (n, what) => `${count(n)} ${what}${n === 1 ? '' : 's'}`;

/** Within a sentence, but for what is written so anyway. @param {string} words */
const small = (words) => (/^[A-Z][a-z]/.test(words) ? words[0].toLowerCase() + words.slice(1) : words);

/**
 * The state of everything in one sentence.
 * @param {import('./live.js').Snapshot} now
 */
function verdict(now) {
  const dead = now.deadLetters;
  if (now.trouble) return { tone: 'warn', words: html`${now.trouble}: some of this is not known`, link: '' };
  if (dead?.open) {
    const [worst] = dead.groups;
    const all = dead.groups.length === 1;
    return {
      tone: 'bad',
      words: html`${dead.exact ? '' : 'At least '}${many(dead.open, 'file')} dead since ${moment(dead.since ?? now.at)},
        ${all ? '' : 'mostly '}<em>${small(reasons[worst.reason]?.words ?? worst.reason)}</em>`,
      detail: worst.detail,
      link: dead.groups.length === 1 ? to('dead-letters', { reason: worst.reason }) : to('dead-letters'),
    };
  }
  if (!dead) return { tone: 'warn', words: html`Counting dead letters: what is dead is not known yet`, link: '' };
  const oldest = now.waiting?.oldest;
  if (oldest && Date.parse(now.at) - Date.parse(oldest) > LATE)
    return {
      tone: 'warn',
      words: html`Behind: ${many(now.waiting?.files ?? 0, 'file')} waiting, the oldest for ${duration(Date.parse(now.at) - Date.parse(oldest))}`,
      link: to('files', { status: 'waiting' }),
    };
  return { tone: 'ok', words: html`Healthy: nothing is dead and nothing is late`, link: '' };
}

class Overview extends Page {
  connectedCallback() {
    super.connectedCallback();
    this.ends.push(onLive(() => this.requestUpdate()), onChoice(() => this.requestUpdate()));
  }

  /** @param {import('./live.js').Snapshot} now */
  tiles(now) {
    const hour = now.minutes.reduce(
      (sum, it) => ({ rows: sum.rows + it.accepted + it.rejected + it.unreadable, bad: sum.bad + it.rejected + it.unreadable }),
      { rows: 0, bad: 0 },
    );
    const oldest = now.waiting?.oldest;
    const today = now.at.slice(0, 10);
    return [
      { label: 'Throughput', value: decimal(now.rowsPerSecond), unit: 'rows/s, last minute', link: to('files', { date: today }) },
      { label: 'Rejected', value: percent(hour.bad, hour.rows), unit: `% of ${count(hour.rows)} rows, last hour`, link: to('files', { date: today }) },
      now.queue
        ? { label: 'Queue', value: count(now.queue.visible), unit: `waiting, ${count(now.queue.hidden)} in hand, ${count(now.queue.delayed)} put off`, link: to('files', { status: 'waiting' }) }
        : { label: 'Queue', value: '?', unit: 'out of reach', link: to('files', { status: 'waiting' }) },
      { label: 'Oldest', value: oldest ? duration(Date.parse(now.at) - Date.parse(oldest)) : '–', unit: oldest ? 'in incoming/' : now.waiting ? 'nothing waits' : 'not known', link: to('files', { status: 'waiting' }) },
      { label: 'Dead letters', value: now.deadLetters ? count(now.deadLetters.open) : '?', unit: now.deadLetters ? `open, ${count(now.deadLetters.underWay)} sent back` : now.trouble ? 'out of reach' : 'being counted', link: to('dead-letters'), tone: now.deadLetters?.open ? 'bad' : '' },
    ];
  }

  render() {
    const now = latest();
    if (!now) return loading('Waiting for the first snapshot…');
    const said = verdict(now);
    const hasReasons = Object.keys(now.reasons).length > 0;
    return html`
      <section class="verdict ${said.tone}" aria-label="Verdict">
        ${icon(said.tone === 'ok' ? 'ok' : said.tone === 'bad' ? 'bad' : 'warn')}
        <div><h1>${said.words}</h1>${said.detail ? html`<p>${said.detail}</p>` : nothing}</div>
        ${said.link ? html`<a class="button main" href=${said.link}>See to it</a>` : nothing}
      </section>
      <ul class="tiles">${this.tiles(now).map((tile) => html`<li><a class="tile ${tile.tone ?? ''}" href=${tile.link}>
        <span class="label">${tile.label}</span> <span class="value">${tile.value}</span> <span class="unit">${tile.unit}</span></a></li>`)}</ul>
      <div class="columns">
        <section class="panel"><h2>Rows by the minute</h2>${throughput(now.minutes)}</section>
        <section class="panel"><h2>Why rows were rejected</h2>
          ${hasReasons ? codes(now.reasons, 'Codes given to rejected rows in the last hour', (code) => to('files', { code })) : html`<p class="muted">No row was rejected in the last hour.</p>`}</section>
      </div>
      <section class="panel"><h2>Last files</h2>
        ${now.recent.length ? this.files(now.recent) : empty('No file yet since this process started', html`<p><a class="button main" href=${to('drop')}>Drop the first one</a></p>`)}
      </section>
      <p class="small muted">Rows, reasons and files are those of the process that answers, up since ${time(now.since)}. Queue and dead letters are everybody’s.</p>`;
  }

  /** @param {import('./live.js').Ended[]} files */
  files(files) {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Last files"><table class="stack"><caption class="sr">The files that were worked on last, the newest first</caption>
      <thead><tr><th scope="col">File</th><th scope="col">Outcome</th><th scope="col" class="n">Accepted, rows</th><th scope="col" class="n">Rejected, rows</th><th scope="col" class="n">Took</th><th scope="col" class="n">At</th></tr></thead>
      <tbody>${repeat(files.slice(0, 12), (it) => it.fileId + it.at, (it) => html`<tr>
        <th scope="row"><a href=${to('files', {}, it.fileId)} title=${it.key}>${name(it.key)}</a></th>
        <td data-label="Outcome">${state(it.outcome)}${it.reason ? html` <span class="muted">${reason(it.reason)}</span>` : nothing}</td>
        <td class="n" data-label="Accepted, rows">${it.records ? count(it.records.accepted) : '–'}</td>
        <td class="n" data-label="Rejected, rows">${it.records ? count(it.records.rejected + it.records.unreadable) : '–'}</td>
        <td class="n" data-label="Took">${duration(it.millis)}</td>
        <td class="n" data-label="At">${time(it.at)}</td></tr>`)}</tbody></table></div>`;
  }
}
customElements.define('winnow-overview', Overview);
