/** The console's words. */

export const errors = {
  unreachable: 'Cannot reach the service: it is down, or the network between is',
  denied: 'Your role does not allow this',
};

export const nav = [
  { page: 'overview', label: 'Overview' },
  { page: 'dead-letters', label: 'Dead letters' },
  { page: 'files', label: 'Files' },
  { page: 'drop', label: 'Drop' },
  { page: 'activity', label: 'Activity' },
];

export const operatorsOnly = 'Operators only: you are signed in as a viewer';

/** @type {Record<string, string>} */
export const outcomes = {
  committed: 'Decided',
  'dead-letter': 'Given up',
  waiting: 'Waiting',
  open: 'Open',
  redriven: 'Sent back',
  discarded: 'Discarded',
  running: 'Running',
  paused: 'Paused',
  done: 'Done',
  cancelled: 'Cancelled',
};

/**
 * What a reason means, and what mends it.
 * @type {Record<string, { words: string, mend: string }>}
 */
export const reasons = {
  'event.unreadable': { words: 'Message is no notification', mend: 'See who else writes to the queue, then discard it.' },
  'command.unknown': { words: 'Command unknown', mend: 'During a rollout retry once every replica is new; else discard it.' },
  'dataset.unknown': { words: 'Key names no dataset', mend: 'Copy the file into a known folder, then discard this.' },
  'source.missing': { words: 'File was gone', mend: 'Ask the sender to send it again.' },
  'receipt.missing': { words: 'No such generation', mend: 'Check the file’s id and generation, then discard this.' },
  'file.empty': { words: 'File is empty', mend: 'Ask the sender for the file: the export failed or the upload was cut.' },
  'compression.unsupported': { words: 'Packed in an unknown way', mend: 'The sender sends CSV as it is, or packed by gzip or zstd.' },
  'compression.corrupt': { words: 'Packed data is damaged', mend: 'The sender packs and sends the file again.' },
  'compression.limit': { words: 'Inflates beyond the limit', mend: 'Raise the limit that the detail names, or have the file split; then retry.' },
  'charset.unsupported': { words: 'Text is not UTF-8', mend: 'The sender saves the file as “CSV UTF-8” and sends it again.' },
  'csv.malformed': { words: 'Not CSV', mend: 'The sender corrects the file; the detail says where. Then discard this.' },
  'header.missing': { words: 'Required columns missing', mend: 'The sender adds the columns that the detail names and sends the file again.' },
  'header.duplicate': { words: 'A column stands twice', mend: 'The sender removes or renames one and sends the file again.' },
  'output.limit': { words: 'Output too large', mend: 'Raise winnow.output.part-size or split the file, then retry.' },
  exhausted: { words: 'S3 failed on every try', mend: 'Mend what S3 answered (outage, permission, key), then retry one, then the rest.' },
  abandoned: { words: 'Service died on every try', mend: 'Look for the message’s id in the log, mend that, then retry one.' },
};

/** @type {Record<string, string>} */
export const calls = {
  redrive: 'Redrive ordered',
  cancelRedrive: 'Redrive cancelled',
  pauseRedrive: 'Redrive paused',
  resumeRedrive: 'Redrive resumed',
  discardDeadLetter: 'Dead letter discarded',
  discardDeadLetters: 'Dead letters discarded',
  restoreDeadLetter: 'Dead letter restored',
  reprocess: 'File decided again',
  sweep: 'Sweep asked for',
  consolidate: 'Consolidation asked for',
  signUpload: 'Upload begun',
  signDownload: 'Download begun',
};

export const keys = [
  ['/', 'Search by a file’s key or id'],
  ['?', 'These keys'],
  ['g o', 'Overview'],
  ['g l', 'Dead letters'],
  ['g f', 'Files'],
  ['g d', 'Drop'],
  ['g a', 'Activity'],
  ['p', 'Pause or go on live'],
  ['Esc', 'Close a dialog'],
];
