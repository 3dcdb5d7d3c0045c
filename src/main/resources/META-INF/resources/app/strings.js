/**
 * Every word of the console: first what pages share, then page by page.
 *
 * A sentence with values is a function of them, whole, so that another language may order them otherwise; one with tags
 * is a template. Reason codes, keys and ids are the service's own and no words. One thing has one name: what is given up
 * is a dead letter, a redrive sends it back, the trash has what is discarded; a file is dropped, waits, and is decided.
 */
import { html } from './vendor/lit.js';

const language = document.documentElement.lang;
const whole = new Intl.NumberFormat(language);
const tenth = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

/** @param {number} n */
export const count = (n) => whole.format(n);

/** @param {number} n */
export const decimal = (n) => tenth.format(n);

/** @param {number} part @param {number} all */
export const percent = (part, all) => (all ? tenth.format((100 * part) / all) : '0');

/**
 * @template {Record<string, string | ((...values: any[]) => unknown)>} T
 * @param {T} words
 */
const page = (words) => Object.freeze(words);

/** Words for what the service has codes for. @param {Record<string, string>} words */
const codes = (words) => Object.freeze(words);

/** The form that goes with a number. @param {number} n @param {string} one */
const plural = (n, one, more = `${one}s`) => (n === 1 ? one : more);

/** @param {number} n */
const countFiles = (n) => `${count(n)} ${plural(n, 'file')}`;
/** @param {number} n */
const countRows = (n) => `${count(n)} ${plural(n, 'row')}`;
/** Where not all was looked at. @param {boolean} exact */
const least = (exact, words = 'at least ') => (exact ? '' : words);

export const product = 'Winnow';

export const pages = codes({
  overview: 'Overview',
  'dead-letters': 'Dead letters',
  files: 'Files',
  drop: 'Drop',
  activity: 'Activity',
});

export const keys = codes({
  '/': 'Search by a file’s key or id',
  '?': 'These keys',
  p: 'Pause or go on live',
  Esc: 'Close a dialog',
});

/** States of files, dead letters and redrives. */
export const states = codes({
  committed: 'Decided',
  'dead-letter': 'Given up',
  waiting: 'Waiting',
  open: 'Open',
  redriven: 'Sent back',
  discarded: 'Discarded',
  running: 'Running',
  paused: 'Paused',
  done: 'Done',
  cancelled: 'Stopped',
});

/**
 * What a reason means, and what mends it.
 * @type {Readonly<Record<string, { means: string, mend: string }>>}
 */
export const reasons = Object.freeze({
  'event.unreadable': { means: 'Message is no notification', mend: 'See who else writes to the queue, then discard it.' },
  'command.unknown': { means: 'Command unknown', mend: 'During a rollout retry once every replica is new; else discard it.' },
  'dataset.unknown': { means: 'Key names no dataset', mend: 'Copy the file into a known folder, then discard this.' },
  'source.missing': { means: 'File was gone', mend: 'Ask the sender to send it again.' },
  'receipt.missing': { means: 'No such generation', mend: 'Check the file’s id and generation, then discard this.' },
  'file.empty': { means: 'File is empty', mend: 'Ask the sender for the file: the export failed or the upload was cut.' },
  'compression.unsupported': { means: 'Packed in an unknown way', mend: 'The sender sends CSV as it is, or packed by gzip or zstd.' },
  'compression.corrupt': { means: 'Packed data is damaged', mend: 'The sender packs and sends the file again.' },
  'compression.limit': { means: 'Unpacks beyond the limit', mend: 'Raise the limit that the detail names, or have the file split; then retry.' },
  'charset.unsupported': { means: 'Text is not UTF-8', mend: 'The sender saves the file as “CSV UTF-8” and sends it again.' },
  'csv.malformed': { means: 'Not CSV', mend: 'The sender corrects the file; the detail says where. Then discard this.' },
  'header.missing': { means: 'Required columns missing', mend: 'The sender adds the columns that the detail names and sends the file again.' },
  'header.duplicate': { means: 'A column stands twice', mend: 'The sender removes or renames one and sends the file again.' },
  'output.limit': { means: 'Output too large', mend: 'Raise winnow.output.part-size or have the file split; then retry.' },
  exhausted: { means: 'S3 failed on every try', mend: 'Mend what S3 answered (outage, permission, key), then retry one, then the rest.' },
  abandoned: { means: 'Service died on every try', mend: 'Look for the message’s id in the log, mend that, then retry one.' },
});

/** Changes, as the audit trail names them. */
export const calls = codes({
  redrive: 'Redrive ordered',
  cancelRedrive: 'Redrive stopped',
  pauseRedrive: 'Redrive paused',
  resumeRedrive: 'Redrive resumed',
  discardDeadLetter: 'Dead letter discarded',
  discardDeadLetters: 'Dead letters discarded',
  restoreDeadLetter: 'Dead letter restored',
  reprocess: 'File decided again',
  sweep: 'Sweep ordered',
  consolidate: 'Consolidation ordered',
  signUpload: 'Upload begun',
  signDownload: 'Download begun',
});

/** What a call was told, and what a refusal is about. */
export const parameters = codes({
  dataset: 'Dataset',
  date: 'Day',
  entry: 'Entry',
  everything: 'The whole queue',
  fileId: 'File',
  hour: 'Hour',
  id: 'Dead letter',
  ids: 'Chosen',
  key: 'Key',
  keyPrefix: 'Key begins with',
  matched: 'Count',
  max: 'At most',
  name: 'Name',
  note: 'Note',
  reason: 'Reason',
  redriveId: 'Redrive',
  replaces: 'Replaces generation',
  resetBudget: 'Also those that came back too often',
});

/** What a file was decided by. */
export const vias = codes({
  event: 'an event',
  sweep: 'the sweep',
  redrive: 'a redrive',
  batch: 'a batch',
  reprocess: 'an order to decide it again',
});

export const roles = codes({ viewer: 'Viewer', operator: 'Operator' });

/** Over the columns of tables, and on a narrow screen beside each cell. */
export const columns = page({
  accepted: 'Accepted, rows',
  at: 'At',
  cameBack: 'Came back',
  chosen: 'Chosen',
  code: 'Code',
  column: 'Column',
  decidedAfter: 'Decided after',
  detail: 'Detail',
  dropped: 'Dropped',
  file: 'File',
  files: 'Files',
  generation: 'Generation',
  givenUp: 'Given up',
  line: 'Line',
  minute: 'Minute',
  note: 'Note',
  ofWhat: 'Of what',
  reason: 'Reason',
  rejected: 'Rejected, rows',
  result: 'Result',
  sent: 'Sent, of',
  share: 'Share, %',
  since: 'Since',
  size: 'Size',
  started: 'Started',
  state: 'State',
  times: 'Times',
  tries: 'Tries',
  what: 'What',
  who: 'Who',
  wrong: 'What is wrong',
});

/** Pieces of several pages. */
export const parts = page({
  operatorsOnly: 'Operators only: you are signed in as a viewer',
  viewer: 'You are signed in as a viewer: what changes something is off.',
  because: (why) => ` (${why})`,
  hidden: 'Your role may not see this',
  notFound: 'Not found',
  failed: 'This could not be loaded',
  tryAgain: 'Try again',
  refresh: 'Refresh',
  showMore: 'Show more',
  shown: (n) => `${count(n)} shown`,
  shownOf: (n, all) => `${count(n)} of ${count(all)} shown`,
  close: 'Close',
  cancel: 'Cancel',
  leave: 'Leave it',
  leaveRest: 'Leave the rest',
  underWay: 'It is under way',
  note: 'Note for the audit trail, if you like',
  dataset: 'Dataset',
  dayUtc: 'Day, UTC',
  dropFile: 'Drop a file',
  tries: (n) => `${count(n)} ${plural(n, 'time')}`,
  retry: 'Retry',
  retryFirst: 'Retry one first',
  whyRejected: 'Why rows were rejected',
  codesGiven: 'Codes given to rejected rows',
  filesWith: (n, code) => `${count(n)}: files with ${code}`,
  rejectedRows: 'Rejected rows',
  rejectedCaption: 'Rows that were not accepted',
  noCell: 'no cell',
  emptyCell: 'empty',
  extraCells: (n) => `${count(n)} ${plural(n, 'cell')} too many`,
  read: 'Rows read',
  accepted: 'Accepted',
  rejected: 'Rejected',
  unreadable: 'Unreadable',
});

/** The units of sizes and durations. */
export const units = page({
  bytes: (n, power) => `${n} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][power]}`,
  milliseconds: (n) => `${n} ms`,
  seconds: (n) => `${n} s`,
  minutes: (n) => `${n} min`,
  hours: (n, minutes) => `${n} h ${minutes} min`,
  days: (n) => `${n} d`,
});

/** Characters that cannot be seen. */
export const unseen = codes({
  ' ': 'space',
  '\u00a0': 'no-break space',
  '\t': 'tab',
  '\n': 'line break',
  '\r': 'carriage return',
  '\u200b': 'zero-width space',
  '\u200c': 'zero-width non-joiner',
  '\u200d': 'zero-width joiner',
  '\ufeff': 'byte-order mark',
  '\u2060': 'word joiner',
  '\u00ad': 'soft hyphen',
  '\ufffd': 'unreadable character',
});

export const session = page({
  unreachable: 'Cannot reach the service: it is down, or the network between is',
  status: (status) => `The service answered with status ${status}`,
});

export const signIn = page({
  lead: 'Sign in to see what the intake does.',
  name: 'Name',
  password: 'Password',
  token: 'Access token',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  useToken: 'Use an access token',
  useName: 'Use a name and a password',
  wrongToken: 'This token is not valid, or no longer',
  wrongName: 'Name and password do not go together',
  noRole: 'You are known here, but have neither the role viewer nor operator',
  kept: 'Kept in this tab alone, and gone when it closes.',
});

export const frame = page({
  skip: 'To the content',
  pages: 'Pages',
  open: ' open',
  live: 'Live',
  paused: 'Paused',
  stale: (seconds) => `Stale ${seconds} s`,
  connecting: 'Connecting',
  pause: 'Pause',
  goOn: 'Go on',
  menu: 'Menu ',
  times: 'Times',
  local: 'Local',
  utc: 'UTC',
  theme: 'Theme',
  system: 'System',
  light: 'Light',
  dark: 'Dark',
  keys: 'Keys',
  signOut: 'Sign out',
  about: (version, bucket) => `${product} ${version} · bucket ${bucket}`,
  noPage: 'There is no such page',
  toOverview: 'To the overview',
});

export const search = page({
  title: 'Search',
  label: 'A part of the file’s key, or its id',
  busy: 'Looking…',
  lead: 'Looks at dead letters, at what waits, and at what was decided in the last two days.',
  found: (n, exact) => `${count(n)} found${least(exact, '; not everything was looked at')}`,
});

export const overview = page({
  loading: 'Waiting for the first figures…',
  verdict: 'Verdict',
  seeToIt: 'See to it',
  trouble: (what) => `${what}: some of this is not known`,
  dead: (n, exact, since, one, reason) => html`${least(exact, 'At least ')}${count(n)} ${plural(n, 'dead letter')} since ${since}${one ? '' : ', mostly'}: <em>${reason}</em>`,
  counting: 'Counting dead letters: it is not known yet whether there are any',
  behind: (n, exact, oldest) => `Behind: ${least(exact)}${countFiles(n)} waiting, the oldest for ${oldest}`,
  healthy: 'Healthy: no dead letter is open, and nothing is late',
  outOfReach: 'out of reach',
  beingCounted: 'being counted',
  throughput: 'Throughput',
  throughputUnit: 'rows/s, last minute',
  rejectedUnit: (n, span) => html`% of ${countRows(n)}, ${span}`,
  queue: 'Queue',
  queueUnit: (hidden, delayed) => `waiting, ${count(hidden)} in hand, ${count(delayed)} put off`,
  oldest: 'Oldest',
  oldestUnit: (incoming) => `in ${incoming}`,
  nothingWaits: 'nothing waits',
  notKnown: 'not known',
  deadLettersUnit: (underWay) => `open, ${count(underWay)} sent back`,
  lastHour: 'last hour',
  since: (time) => html`since ${time}`,
  reading: 'Reading what was decided in the last hour…',
  byMinute: 'Rows by the minute',
  noneRejected: (span) => html`No row was rejected, ${span}.`,
  lastFiles: 'Last files',
  lastFilesCaption: 'The files that were decided or given up last, the newest first',
  all: (n, span) => html`${n === 1 ? 'The one' : `All ${count(n)}`} decided, ${span}`,
  noFiles: 'No file was decided or given up in the last hour',
  filesByDay: 'Files by day',
  about: 'Of the whole installation, by the receipts in the bucket. A file’s rows count when it is decided, and once.',
  newest: (n) => ` More than ${countFiles(n)} were decided in the last hour: these are the newest.`,
});

export const charts = page({
  drawn: (n) => `${countRows(n)} decided in the last hour, by the minute; the table below has the figures`,
  accepted: 'accepted',
  rejected: 'rejected',
  top: (n) => `· top line ${countRows(n)}/min`,
  now: 'now',
  asTable: 'As a table',
  shareDrawn: 'Share, drawn',
  caption: 'Rows decided by the minute',
  filesOf: (n, minute) => `${count(n)}: files decided in the minute from ${minute}`,
  none: 'No file was decided in the last hour',
});

export const deadLetters = page({
  lead: (incoming) => html`What was given up, and why. The files still lie in <code>${incoming}</code>.`,
  toSeeTo: 'To see to',
  trash: 'Trash',
  keyPrefixHint: 'Key begins with…',
  loading: 'Counting dead letters…',
  trashEmpty: 'The trash is empty',
  trashEmptyHint: 'What you discard comes here.',
  none: 'There are no dead letters',
  noneHint: 'What cannot be taken in would be here, with its reason.',
  noneLooked: 'None among those that were looked at, and there are more: choose by what their keys begin with.',
  sum: (n, exact, inTrash) => html`${least(exact, 'At least ')}<strong>${count(n)}</strong> ${inTrash ? 'discarded' : plural(n, 'dead letter')}, ${exact ? 'an exact count' : 'there are more than one look is for'}`,
  ofThem: (n, othersDiffer) => ` (${count(n)} of them${othersDiffer ? ', others differ' : ''})`,
  share: (percent) => ` · ${percent} % `,
  first: 'First',
  last: 'Last',
  where: 'Where',
  example: 'For example',
  retryAll: (n) => `Retry all ${count(n)}`,
  discardAll: (n) => (n === 1 ? 'Discard it' : `Discard all ${count(n)}`),
  hideItems: 'Hide items',
  showItems: (n) => plural(n, 'Show it', 'Show items'),
  items: (reason) => html`Items: ${reason}`,
  changedSince: (n) => `Changed since: show ${count(n)}`,
  retryChosen: (n) => `Retry ${n ? count(n) : 'chosen'}`,
  discardChosen: (n) => `Discard ${n ? count(n) : 'chosen'}`,
  chooseFirst: 'Choose some first',
  tooMany: (most) => `At most ${count(most)} at once: take the whole group`,
  noItems: 'None of this reason any more',
  itemsRegion: 'Items',
  itemsCaption: 'Dead letters of this reason, the newest first',
  chooseAll: 'Choose all that are shown',
  choose: (name) => `Choose ${name}`,
  restore: 'Restore',
  noFile: 'It names no file, so it is gone for good',
  action: 'Action',
  redrives: 'Latest redrives',
  chosen: (n) => `${count(n)} by hand`,
  everything: 'everything',
  whatBecame: 'What became of it',
});

/** What a dialog says of the dead letters that it is about. */
export const chosen = page({
  reason: (code) => html`reason <code>${code}</code>`,
  dataset: (name) => html`dataset <code>${name}</code>`,
  keyPrefix: (prefix) => html`key begins with <code>${prefix}</code>`,
  ids: (n) => `${count(n)} by hand`,
  counted: (n, exact) => `${count(n)}, ${exact ? 'an exact count' : 'of those looked at: there are more than one look is for'}`,
  later: (n) => `${count(n)} more ${plural(n, 'stays', 'stay')} for later`,
  underWay: (n) => `${count(n)} ${plural(n, 'is', 'are')} under way already`,
  tooOften: (n) => `${count(n)} came back too often`,
  first: (n, all) => `The first ${count(n)} of ${count(all)}, the oldest first`,
});

export const redrive = page({
  redrive: 'Redrive',
  looking: 'Looking what would be sent back…',
  changed: 'What matches has changed since you looked. Nothing was sent back: look again.',
  sends: (n) => html`<strong>${count(n)}</strong> ${plural(n, 'dead letter goes back to the queue and is', 'dead letters go back to the queue and are')} tried like new.`,
  sendsNone: 'Nothing can be sent back now.',
  caption: 'What goes back',
  reset: 'Also those that came back too often: the cause is really mended',
  send: (n) => `Send ${count(n)} back`,
  sending: 'Sending…',
  nothing: 'There is nothing to send back',
  queueMoves: 'SQS itself moves the queue, which can only be stopped',
  allSent: 'All of them are sent back',
  soFar: (sent, all, decided) => `${count(sent)} of ${count(all)} sent, ${count(decided)} decided so far`,
  cameBack: (back, all) => `${count(back)} of ${count(all)} came back: the cause is not mended yet`,
  decided: (n, all) => `${count(n)} of ${count(all)} decided`,
  paused: (words) => `Paused: ${words}`,
  progress: 'Come to an end',
  countSent: 'Sent',
  countUnderWay: 'Under way',
  countPassed: 'Passed over',
  countLost: 'Lost',
  ordered: (state, who, time, note) => html`${state} · ordered by ${who}, ${time}${note ? `: “${note}”` : ''}`,
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop sending',
  seeBack: 'See what came back',
  retryRest: 'Retry the rest',
});

export const discard = page({
  title: 'Discard',
  looking: 'Looking what would be discarded…',
  changed: 'What matches has changed since you looked. Nothing was discarded: look again.',
  soFar: (gone, passedOver, left, exact) => `${count(gone)} discarded${passedOver ? `, ${count(passedOver)} passed over, since they changed meanwhile` : ''}. ${least(exact, 'At least ')}${count(left)} left.`,
  discards: (n, all, exact) => html`<strong>${count(n)}</strong>${all > n ? ` of ${least(exact)}${count(all)}` : ''} ${plural(all, 'dead letter')} will be discarded.${all > n ? ' The rest is one click after that.' : ''}`,
  discardsNone: 'Nothing can be discarded now.',
  stays: 'A file stays where it lies and can be restored from the trash; a message that names no file is gone for good.',
  caption: 'What is discarded',
  typeToGoOn: (n) => `Type ${n} to go on`,
  typeFirst: (n) => `Type ${n} first`,
  discard: (n, begun) => `Discard ${begun ? 'the rest: ' : ''}${count(n)}`,
  discarding: 'Discarding…',
  nothing: 'There is nothing to discard',
});

export const files = page({
  latest: 'Last hour',
  latestLead: 'Those decided in the last hour, whenever they were dropped. What was decided again counts by its first decision.',
  byDay: 'By day',
  byDayLead: 'Those decided, by the day and the hour at which they were dropped, UTC.',
  waitingLead: (incoming) => html`What lies in <code>${incoming}</code> and was neither decided nor given up.`,
  givenUpLead: 'What was given up and was not decided since.',
  allDatasets: 'All datasets',
  hourUtc: 'Hour, UTC',
  allDay: 'All day',
  onlyCode: (code) => html`Only files with rows rejected for <code>${code}</code> `,
  onlyMinute: (time) => html`Only files decided in the minute from ${time} `,
  showAll: 'Show all files',
  loading: 'Looking for files…',
  decided: (n, since, of, exact) => html`<strong>${count(n)}</strong> ${plural(n, 'file')} decided${since ? html` since ${since}` : ''}, ${of}${least(exact, ', of the newest 1,000 files')}`,
  ofCode: (n, code) => html`<strong>${count(n)}</strong> ${plural(n, 'time')} <code>${code}</code>`,
  ofRows: (read, rejected) => html`with <strong>${count(read)}</strong> ${plural(read, 'row')}, of which <strong>${count(rejected)}</strong> rejected`,
  noneLatest: 'No file was decided in the last hour',
  noneOfHour: 'No such file in the last hour',
  noneWaiting: 'Nothing waits',
  noneGivenUp: 'Nothing was given up',
  noneThen: 'No file was decided then',
  noneOfDay: 'No such file on that day or at that hour',
  lookElsewhere: (byDay, drop) => html`Look <a href=${byDay}>by day</a>, or <a href=${drop}>drop a file</a>.`,
  otherDay: (drop) => html`Choose another day, or <a href=${drop}>drop a file</a>.`,
  noneLooked: (n) => `None among the first ${countFiles(n)} that were looked at`,
  lookFurther: 'Look further',
  lookedAt: (n, looked, more) => `${count(n)} of the ${more ? 'first ' : ''}${countFiles(looked)} looked at${more ? ', there are more' : ''}`,
  shownMore: (n) => `${count(n)} shown, there are more`,
});

export const file = page({
  title: 'File',
  loading: 'Looking for the file…',
  waits: (incoming) => html`It lies in <code>${incoming}</code> and waits to be read.`,
  awaited: (generation) => `Generation ${generation} is on the queue; it shows here once it is decided.`,
  earlier: 'Earlier generations',
  generation: (n, time, rules) => html`Generation ${n}, decided ${time} under rules <code>${rules}</code>`,
  givenUpAt: (time, first) => html`${time}, first ${first}`,
  restoreFirst: 'Restore it from the trash first',
  others: 'Others like it',
  way: 'Its way',
  wayOf: (generation) => `Its way, generation ${generation}`,
  takenUp: 'Taken up',
  after: (time) => `after ${time}`,
  within: (time) => `in ${time}`,
  sourceStays: (incoming) => `Source still in ${incoming}`,
  sourceGone: 'Source backed up and removed',
  origin: (via, rules, version, size, compression) => html`By ${via}, rules <code>${rules}</code>, ${product} ${version}, ${size}${compression === 'none' ? '' : `, ${compression}`}`,
  addsUp: 'It adds up',
  noneAccepted: 'No row was accepted',
  noneRejected: 'No row was rejected',
  source: 'Source',
  decideAgain: 'Decide again',
  decideAgainLead: (generation) => `The backup is decided again under today’s rules, as generation ${generation}. Its outputs replace the present ones.`,
  receipt: 'Receipt',
  save: 'Save',
  masked: 'Letters and digits are masked for viewers; blanks and signs are as they are.',
  noRows: 'There are none',
  people: 'People’s data: look, and leave it here.',
});

export const drop = page({
  lead: 'First a dry run by the intake’s own engine, which writes nothing; then the upload.',
  required: (columns) => html`Required columns: ${columns}`,
  choose: () => html`<strong>Choose a file</strong> or drop it here`,
  kinds: 'CSV as it is, or packed by gzip or zstd',
  failed: 'The dry run failed',
  trying: 'Trying every row…',
  givenUp: (reason) => html`It would be given up: ${reason}`,
  rejected: (n, all) => `${count(n)} of ${countRows(all)} (${percent(n, all)} %) would be rejected`,
  accepted: (n) => (n === 1 ? 'Its one row would be accepted' : `All ${countRows(n)} would be accepted`),
  nothingWritten: 'Nothing has been written.',
  whyRejected: 'Why rows would be rejected',
  codes: 'Codes that rows would be given',
  failing: 'Failing rows',
  failingCaption: 'Rows that would not be accepted',
  row: 'the row',
  first: (n) => `The first ${count(n)}; there are more.`,
  columns: 'Columns',
  missing: 'missing',
  found: 'found',
  carried: 'carried along',
  noName: '(no name)',
  uploaded: 'Uploaded',
  progress: (sent, size, total) => `${percent(sent, size)} % of ${total}`,
  watching: 'It is in the bucket. Waiting for its receipt…',
  ended: (accepted, rejected) => `${countRows(accepted)} accepted, ${count(rejected)} rejected`,
  see: 'See the file',
  upload: 'Upload it',
  uploadAnyway: 'Upload it all the same',
});

/** Why the bucket takes no upload. */
export const upload = page({
  taken: (incoming) => `A file of this name still lies in ${incoming}: it is read first, or give yours another name`,
  forbidden: (incoming) => `The bucket refuses the upload: the service may not write to ${incoming}, or its clock is off`,
  unreachable: 'Cannot reach the bucket from this browser: the network is down, or the bucket’s CORS rules do not name this page',
  refused: (status) => `The bucket refuses the upload with status ${status}`,
});

export const activity = page({
  lead: 'Every change is written down before it is made. Days are UTC.',
  everyone: 'Everyone',
  everyChange: 'Every change',
  csv: 'CSV',
  nothingToSave: 'There is nothing to save',
  loading: 'Reading the audit trail…',
  days: (days) => html`Days with changes: ${days}`,
  none: 'Nobody changed anything',
  caption: (day) => `Changes of ${day}, the newest first`,
  refused: (why) => `Refused: ${why}`,
  allowed: 'Allowed',
  read: (n) => `${count(n)} ${plural(n, 'entry', 'entries')} looked at`,
  notAll: 'This day has more than 10,000 entries: its latest are not shown.',
});
