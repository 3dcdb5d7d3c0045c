/** The first page: whether all is well, and if not, what is not. */
import { html, nothing, repeat } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { latest, onLive } from './live.js';
import { onChoice } from './settings.js';
import { count, decimal, duration, name, percent, time } from './format.js';
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

/** Of when the figures are. @param {import('./live.js').LastHour} hour */
const span = (hour) => (hour.exact ? 'last hour' : html`since ${time(hour.since)}`);

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
      words: html`${dead.exact ? '' : 'At least '}${many(dead.open, 'file')} dead since ${time(dead.since ?? now.at)},
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
      words: html`Behind: ${now.waiting?.exact ? '' : 'at least '}${many(now.waiting?.files ?? 0, 'file')} waiting, the oldest for ${duration(Date.parse(now.at) - Date.parse(oldest))}`,
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
    const hour = now.lastHour;
    const latestFiles = to('files', { status: 'latest' });
    const waiting = to('files', { status: 'waiting' });
    const unknown = now.trouble ? 'out of reach' : 'being counted';
    const bad = hour ? hour.records.rejected + hour.records.unreadable : 0;
    const oldest = now.waiting?.oldest;
    return [
      { label: 'Throughput', value: hour ? decimal(hour.rowsPerSecond) : '?', unit: hour ? 'rows/s, last minute' : unknown, link: latestFiles },
      { label: 'Rejected', value: hour ? percent(bad, hour.records.read) : '?', unit: hour ? html`% of ${many(hour.records.read, 'row')}, ${span(hour)}` : unknown, link: latestFiles },
      { label: 'Queue', value: now.queue ? count(now.queue.visible) : '?', unit: now.queue ? `waiting, ${count(now.queue.hidden)} in hand, ${count(now.queue.delayed)} put off` : 'out of reach', link: waiting },
      { label: 'Oldest', value: oldest ? duration(Date.parse(now.at) - Date.parse(oldest)) : now.waiting ? '–' : '?', unit: oldest ? 'in incoming/' : now.waiting ? 'nothing waits' : 'not known', link: waiting },
      { label: 'Dead letters', value: now.deadLetters ? count(now.deadLetters.open) : '?', unit: now.deadLetters ? `open, ${count(now.deadLetters.underWay)} sent back` : unknown, link: to('dead-letters'), tone: now.deadLetters?.open ? 'bad' : '' },
    ];
  }

  render() {
    const now = latest();
    if (!now) return loading('Waiting for the first snapshot…');
    const said = verdict(now);
    return html`
      <section class="verdict ${said.tone}" aria-label="Verdict">
        ${icon(said.tone === 'ok' ? 'ok' : said.tone === 'bad' ? 'bad' : 'warn')}
        <div><h1>${said.words}</h1>${said.detail ? html`<p>${said.detail}</p>` : nothing}</div>
        ${said.link ? html`<a class="button main" href=${said.link}>See to it</a>` : nothing}
      </section>
      <ul class="tiles">${this.tiles(now).map((tile) => html`<li><a class="tile ${tile.tone ?? ''}" href=${tile.link}>
        <span class="label">${tile.label}</span> <span class="value">${tile.value}</span> <span class="unit">${tile.unit}</span></a></li>`)}</ul>
      ${now.lastHour ? this.hour(now.lastHour) : now.trouble ? nothing : loading('Reading what was decided in the last hour…')}`;
  }

  /** @param {import('./live.js').LastHour} hour */
  hour(hour) {
    const all = to('files', { status: 'latest' });
    return html`
      <div class="columns">
        <section class="panel"><h2>Rows by the minute</h2>${throughput(hour.minutes)}</section>
        <section class="panel"><h2>Why rows were rejected</h2>
          ${Object.keys(hour.reasons).length ? codes(hour.reasons, 'Codes given to rejected rows', (code) => to('files', { status: 'latest', code })) : html`<p class="muted">No row was rejected, ${span(hour)}.</p>`}</section>
      </div>
      <section class="panel"><div class="head"><h2>Last files</h2>${hour.files ? html`<a class="acts" href=${all}>${hour.files === 1 ? 'The one' : `All ${count(hour.files)}`} decided, ${span(hour)}</a>` : nothing}</div>
        ${hour.recent.length ? this.files(hour.recent) : empty('No file came to an end in the last hour', html`<p class="acts"><a class="button main" href=${to('drop')}>Drop a file</a><a class="button" href=${to('files')}>Files by day</a></p>`)}
      </section>
      <p class="small muted">Of the whole installation, by the receipts in the bucket. A file’s rows count when it is decided, and once.${hour.exact ? nothing : html` More than ${count(hour.files)} files were decided in the last hour: these are the newest.`}</p>`;
  }

  /** @param {import('./live.js').Item[]} files */
  files(files) {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Last files"><table class="stack"><caption class="sr">The files that came to an end last, the newest first</caption>
      <thead><tr><th scope="col">File</th><th scope="col">Outcome</th><th scope="col" class="n">Accepted, rows</th><th scope="col" class="n">Rejected, rows</th><th scope="col" class="n">Decided after</th><th scope="col" class="n">At</th></tr></thead>
      <tbody>${repeat(files, (it) => it.fileId, (it) => html`<tr>
        <th scope="row"><a href=${to('files', {}, it.fileId)} title=${it.key}>${name(it.key)}</a></th>
        <td data-label="Outcome"><span>${state(it.status)}${it.reason ? html` <span class="muted">${reason(it.reason)}</span>` : nothing}</span></td>
        <td class="n" data-label="Accepted, rows">${it.records ? count(it.records.accepted) : '–'}</td>
        <td class="n" data-label="Rejected, rows">${it.records ? count(it.records.rejected + it.records.unreadable) : '–'}</td>
        <td class="n" data-label="Decided after">${it.committedAt ? duration(Date.parse(it.committedAt) - Date.parse(it.since ?? '')) : '–'}</td>
        <td class="n" data-label="At">${time(it.committedAt ?? it.since)}</td></tr>`)}</tbody></table></div>`;
  }
}
customElements.define('winnow-overview', Overview);
