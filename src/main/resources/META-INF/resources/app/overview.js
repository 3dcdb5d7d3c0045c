/** The first page: whether all is well, and if not, what is not. */
import { html, nothing, repeat } from './vendor/lit.js';
import { Page } from './element.js';
import { icon } from './icons.js';
import { latest, onLive } from './live.js';
import { me } from './session.js';
import { onChoice } from './settings.js';
import { duration, name, time } from './format.js';
import { cell, empty, head, loading, reason, state, table } from './parts.js';
import { throughput, codes } from './charts.js';
import { count, decimal, overview as words, pages, parts, percent, reasons } from './strings.js';
import { to } from './route.js';

/** Older than that, something waits for longer than it should. */
const LATE = 15 * 60_000;

/** Of when the figures are. @param {Answer.LastHour} hour */
const span = (hour) => (hour.exact ? words.lastHour : words.since(time(hour.since)));

/**
 * The state of everything in one sentence.
 * @param {Answer.Snapshot} now
 */
function verdict(now) {
  const dead = now.deadLetters;
  if (now.trouble) return { tone: 'warn', said: words.trouble(now.trouble), link: '' };
  if (dead?.open) {
    const [worst] = dead.groups;
    const one = dead.groups.length === 1;
    return {
      tone: 'bad',
      said: words.dead(dead.open, dead.exact, time(dead.since ?? now.at), one, reasons[worst.reason]?.means ?? worst.reason),
      detail: worst.detail,
      link: one ? to('dead-letters', { reason: worst.reason }) : to('dead-letters'),
    };
  }
  if (!dead) return { tone: 'warn', said: words.counting, link: '' };
  const oldest = now.waiting?.oldest;
  if (oldest && Date.parse(now.at) - Date.parse(oldest) > LATE)
    return {
      tone: 'warn',
      said: words.behind(now.waiting?.files ?? 0, now.waiting?.exact, duration(Date.parse(now.at) - Date.parse(oldest))),
      link: to('files', { status: 'waiting' }),
    };
  return { tone: 'ok', said: words.healthy, link: '' };
}

class Overview extends Page {
  connectedCallback() {
    super.connectedCallback();
    this.ends.push(onLive(() => this.requestUpdate()), onChoice(() => this.requestUpdate()));
  }

  /** @param {Answer.Snapshot} now */
  tiles(now) {
    const hour = now.lastHour;
    const latestFiles = to('files', { status: 'latest' });
    const waiting = to('files', { status: 'waiting' });
    const unknown = now.trouble ? words.outOfReach : words.beingCounted;
    const bad = hour ? hour.records.rejected + hour.records.unreadable : 0;
    const oldest = now.waiting?.oldest;
    return [
      { label: words.throughput, value: hour ? decimal(hour.rowsPerSecond) : '?', unit: hour ? words.throughputUnit : unknown, link: latestFiles },
      { label: parts.rejected, value: hour ? percent(bad, hour.records.read) : '?', unit: hour ? words.rejectedUnit(hour.records.read, span(hour)) : unknown, link: latestFiles },
      { label: words.queue, value: now.queue ? count(now.queue.visible) : '?', unit: now.queue ? words.queueUnit(now.queue.hidden, now.queue.delayed) : words.outOfReach, link: waiting },
      { label: words.oldest, value: oldest ? duration(Date.parse(now.at) - Date.parse(oldest)) : now.waiting ? '–' : '?', unit: oldest ? words.oldestUnit(me()?.incoming) : now.waiting ? words.nothingWaits : words.notKnown, link: waiting },
      { label: pages['dead-letters'], value: now.deadLetters ? count(now.deadLetters.open) : '?', unit: now.deadLetters ? words.deadLettersUnit(now.deadLetters.underWay) : unknown, link: to('dead-letters'), tone: now.deadLetters?.open ? 'bad' : '' },
    ];
  }

  render() {
    const now = latest();
    if (!now) return loading(words.loading);
    const { tone, said, detail, link } = verdict(now);
    return html`
      <section class="verdict ${tone}" aria-label=${words.verdict}>
        ${icon(/** @type {import('./icons.js').Icon} */ (tone))}
        <div><h1>${said}</h1>${detail ? html`<p>${detail}</p>` : nothing}</div>
        ${link ? html`<a class="button main" href=${link}>${words.seeToIt}</a>` : nothing}
      </section>
      <ul class="tiles">${this.tiles(now).map((tile) => html`<li><a class="tile ${tile.tone ?? ''}" href=${tile.link}>
        <span class="label">${tile.label}</span> <span class="value">${tile.value}</span> <span class="unit">${tile.unit}</span></a></li>`)}</ul>
      ${now.lastHour ? this.hour(now.lastHour) : now.trouble ? nothing : loading(words.reading)}`;
  }

  /** @param {Answer.LastHour} hour */
  hour(hour) {
    const all = to('files', { status: 'latest' });
    return html`
      <div class="columns">
        <section class="panel"><h2>${words.byMinute}</h2>${throughput(hour.minutes)}</section>
        <section class="panel"><h2>${parts.whyRejected}</h2>
          ${Object.keys(hour.reasons).length ? codes(hour.reasons, parts.codesGiven, (code) => to('files', { status: 'latest', code })) : html`<p class="muted">${words.noneRejected(span(hour))}</p>`}</section>
      </div>
      <section class="panel"><div class="head"><h2>${words.lastFiles}</h2>${hour.files ? html`<a class="acts" href=${all}>${words.all(hour.files, span(hour))}</a>` : nothing}</div>
        ${hour.recent.length ? this.files(hour.recent) : empty(words.noFiles, html`<p class="acts"><a class="button main" href=${to('drop')}>${parts.dropFile}</a><a class="button" href=${to('files')}>${words.filesByDay}</a></p>`)}
      </section>
      <p class="small muted">${words.about}${hour.exact ? nothing : words.newest(hour.files)}</p>`;
  }

  /** @param {Answer.Item[]} files */
  files(files) {
    return table(words.lastFiles, words.lastFilesCaption,
      html`${head('file')}${head('state')}${head('accepted', 'n')}${head('rejected', 'n')}${head('decidedAfter', 'n')}${head('at', 'n')}`,
      repeat(files, (it) => it.fileId, (it) => html`<tr>
        <th scope="row"><a href=${to('files', {}, it.fileId)} title=${it.key}>${name(it.key)}</a></th>
        ${cell('state', html`<span>${state(it.status)}${it.reason ? html` <span class="muted">${reason(it.reason)}</span>` : nothing}</span>`)}
        ${cell('accepted', it.records ? count(it.records.accepted) : '–', 'n')}
        ${cell('rejected', it.records ? count(it.records.rejected + it.records.unreadable) : '–', 'n')}
        ${cell('decidedAfter', it.committedAt ? duration(Date.parse(it.committedAt) - Date.parse(it.since ?? '')) : '–', 'n')}
        ${cell('at', time(it.committedAt ?? it.since), 'n')}</tr>`));
  }
}
customElements.define('winnow-overview', Overview);
