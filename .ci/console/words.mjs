// Holds that the console's words stand in app/strings.js alone, and that a page says each: `node words.mjs FOLDER`.
//
// Words are letters between the tags of a template or in an attribute that is shown or read out, be they written there or
// what a value there may come to; and any other string that begins with a capital or has a space between words.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What looks like words and is none, with the reason. */
const ALLOWED = {
  'headers of HTTP, and the schemes in one of them': /^(Accept|Authorization|Basic …|Bearer …|Content-Type|Idempotency-Key)$/,
  'what the browser calls a key or an error': /^(AbortError|Enter)$/,
  'keys to press': /^g …$/,
};
const HOLDS_WORDS = 'strings.js';
const TEMPLATES = ['html', 'svg'];
const READ = /^(alt|aria-(description|label|placeholder|roledescription|valuetext)|data-label|label|placeholder|summary|title|\.heading)$/;
/** Functions that are given a selector of CSS. */
const SELECTING = /^(closest|matches|querySelector|querySelectorAll)$/;
/** Stands for a value in a text. */
const VALUE = '\0';

const hasLetters = (text) => /\p{L}/u.test(text);
const isSentence = (text) => hasLetters(text) && (/^\p{Lu}\p{Ll}/u.test(text) || /[\p{L}\p{N}\p{P}\0]\s+[\p{L}\0]/u.test(text));
const shown = (text) => text.replaceAll(VALUE, '…').replaceAll(/\s+/g, ' ').trim();
const isAllowed = (text) => Object.values(ALLOWED).some((it) => it.test(shown(text)));

const parsed = (source, name) => ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);

/** The fixed parts of a template or string, with where each begins, and the values between them. */
function parts(literal) {
  const source = literal.getSourceFile().text;
  const chunk = (node, end) => ({ at: node.getStart() + 1, text: source.slice(node.getStart() + 1, node.getEnd() - end) });
  if (!ts.isTemplateExpression(literal)) return { chunks: [{ at: literal.getStart() + 1, text: literal.text }], values: [] };
  const { head, templateSpans: spans } = literal;
  return {
    chunks: [chunk(head, 2), ...spans.map((it, i) => chunk(it.literal, i === spans.length - 1 ? 1 : 2))],
    values: spans.map((it) => it.expression),
  };
}

/** Calls back for each text of markup and each attribute: `text(words, at)`, `attribute(name, words, at)`, `value(i, attribute)`. */
function markup({ chunks }, { text, attribute, value }) {
  const all = chunks.flatMap(({ at, text }, i) => [...(i ? [{ c: VALUE, at }] : []), ...[...text].map((c, j) => ({ c, at: at + j }))]);
  let state = 'text';
  let words = { said: '', at: 0 };
  let name = '';
  let quote = '';
  let values = 0;
  const begin = (at) => { words = { said: '', at }; };
  const end = () => (state === 'text' ? text(words.said, words.at) : attribute(name, words.said, words.at));
  begin(all[0]?.at ?? 0);
  for (const { c, at } of all) {
    if (c === VALUE) value(values++, state === 'text' ? undefined : name);
    if (state === 'text') {
      if (c === '<') { end(); state = 'tag'; name = ''; }
      else words.said += c;
    } else if (state === 'value') {
      if (quote ? c === quote : /[\s>]/.test(c)) { end(); state = c === '>' ? 'text' : 'tag'; name = ''; begin(at); }
      else words.said += c;
    } else if (c === '>') { state = 'text'; begin(at); }
    else if (c === '=') { state = 'equals'; }
    else if (state === 'equals') { state = 'value'; quote = /["']/.test(c) ? c : ''; begin(at); if (!quote) words.said += c; }
    else name = /[\s/]/.test(c) ? '' : name + c;
  }
  if (state === 'text') end();
}

/** The strings that an expression may come to. */
function outcomes(node) {
  if (ts.isParenthesizedExpression(node)) return outcomes(node.expression);
  if (ts.isConditionalExpression(node)) return [...outcomes(node.whenTrue), ...outcomes(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...outcomes(node.left), ...outcomes(node.right)];
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) ? [node] : [];
}

/** The words in a module, each with its line. */
function wordsIn(source, name) {
  const file = parsed(source, name);
  const found = [];
  const seen = new Set();
  const tell = (text, at) => {
    if (!isAllowed(text)) found.push({ text: shown(text), line: file.getLineAndCharacterOfPosition(at).line + 1 });
  };
  const said = (literal) => parts(literal).chunks.map((it) => it.text).join(VALUE);
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isCallExpression(node) && SELECTING.test(node.expression.name?.text ?? '')) node.arguments.forEach((it) => seen.add(it));
    if (ts.isTaggedTemplateExpression(node) && TEMPLATES.includes(node.tag.getText())) {
      const template = parts(node.template);
      seen.add(node.template);
      markup(template, {
        text: (text, at) => hasLetters(text) && tell(text, at),
        attribute: (attribute, text, at) => READ.test(attribute) && hasLetters(text) && tell(text, at),
        value: (i, attribute) => outcomes(template.values[i]).forEach((it) => {
          // A class or a URL is no sentence.
          seen.add(it);
          if ((attribute === undefined || READ.test(attribute)) && hasLetters(said(it))) tell(said(it), it.getStart());
        }),
      });
    }
    if ((ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && !seen.has(node) && isSentence(said(node))) tell(said(node), node.getStart());
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The words that no module takes: the exports, and the keys of those whose keys are named one by one. */
function unsaid(holder, modules) {
  const groups = new Map();
  for (const statement of parsed(holder, HOLDS_WORDS).statements) {
    if (!ts.isVariableStatement(statement) || !statement.modifiers) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const keys = ts.isCallExpression(initializer) && initializer.expression.getText() === 'page' ? initializer.arguments[0].properties : [];
      groups.set(name.text, new Map(keys.map((it) => [it.name.text, false])));
    }
  }
  const used = new Set();
  for (const [name, source] of modules) {
    const file = parsed(source, name);
    const locals = new Map();
    const visit = (node) => {
      if (ts.isImportSpecifier(node)) locals.set(node.name.text, (node.propertyName ?? node.name).text);
      else if (ts.isIdentifier(node) && locals.has(node.text) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) {
        const group = locals.get(node.text);
        used.add(group);
        const { parent } = node;
        if (ts.isPropertyAccessExpression(parent)) groups.get(group)?.set(parent.name.text, true);
        else if (ts.isElementAccessExpression(parent)) groups.get(group)?.forEach((_, key, all) => all.set(key, true));
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return [...groups].flatMap(([group, keys]) =>
    used.has(group) ? [...keys].filter(([, taken]) => !taken).map(([key]) => `${group}.${key}`) : [group]);
}

const PLANTED = {
  'html`<p>Nothing waits</p>`': 'Nothing waits',
  'html`<p>${n} <b>files</b></p>`': 'files',
  'html`<p>${n ? html`<i>gone</i>` : n}</p>`': 'gone',
  'html`<p>${n ? "missing" : other}</p>`': 'missing',
  'html`<a title="on">${n}</a>`': 'on',
  'html`<a class="on" aria-label=${n || "off"}>${n}</a>`': 'off',
  'html`<td class=${n} data-label="Size">${n}</td>`': 'Size',
  'svg`<text x=${n}>now</text>`': 'now',
  "say('it is gone')": 'it is gone',
  'say(`${n} of ${all}`)': '… of …',
  "const label = 'Close'": 'Close',
  "throw new Error('It is gone')": 'It is gone',
};
const CLEAN = [
  'html`<p class="big">${words.none}, ${n} % · ${other}</p><a href="#/files" title=${words.go}>${icon(\'close\')}</a>`',
  'html`<p class=${n ? "big bad" : ""} role="alert" @click=${() => go("files")}>${n ? words.big : ""}</p>`',
  "import { html } from './vendor/lit.js'; html`<a class=\"state ${tone}\">${words.a}</a>`; node.closest('input, select'); call(`/admin/files/${n}`, { method: 'POST' });",
];

/** Whether the check sees what it is for: in these lines, and in each module if a sentence stood at its end. */
function blind(modules) {
  return [
    ...Object.entries(PLANTED).filter(([source, text]) => wordsIn(source, 'planted.js').map((it) => it.text).join() !== text).map(([source]) => `misses the words of ${source}`),
    ...CLEAN.filter((source) => wordsIn(source, 'clean.js').length).map((source) => `takes for words: ${source}`),
    ...modules.filter(([name, source]) => {
      const before = wordsIn(source, name).length;
      return wordsIn(`${source}\nhtml\`<p>There is nothing left to do.</p>\`;\nconst title = 'Nothing to do';`, name).length !== before + 2;
    }).map(([name]) => `misses what is planted in ${name}`),
    ...(unsaid("export const a = page({ b: '', c: '' }); export const d = codes({});", [['x.js', "import { a as words } from './strings.js'; words.b"]]).join() === 'a.c,d' ? [] : ['misses what nobody says']),
  ];
}

const [folder] = process.argv.slice(2);
const names = readdirSync(folder).filter((it) => it.endsWith('.js'));
const modules = names.filter((it) => it !== HOLDS_WORDS).map((it) => [it, readFileSync(join(folder, it), 'utf8')]);
const holder = readFileSync(join(folder, HOLDS_WORDS), 'utf8');
const faults = [
  ...blind(modules).map((it) => `the check ${it}`),
  ...modules.flatMap(([name, source]) => wordsIn(source, name).map((it) => `${name}:${it.line} has words, which belong in ${HOLDS_WORDS}: ${it.text}`)),
  ...unsaid(holder, [...modules, [HOLDS_WORDS, holder]]).map((it) => `${HOLDS_WORDS}: nothing says ${it}`),
];
for (const it of faults) console.log(`FAIL ${it}`);
if (faults.length === 0) console.log(`ok   the words of ${modules.length} modules stand in ${HOLDS_WORDS}, and each is said`);
process.exit(faults.length ? 1 : 0);
