/** Texts for people: names, times and numbers. */

/** Characters that are not seen, or that change the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u07c0-\u08ff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const JOINS_EMOJI = new RegExp(
  [
    '(?<=\\p{Extended_Pictographic}\\ufe0f?\\p{Emoji_Modifier}?)\\u200d(?=\\p{Extended_Pictographic})',
    '(?<=\\p{Extended_Pictographic})\\ufe0f',
    '(?<=[0-9#*])\\ufe0f(?=\\u20e3)',
  ].join('|'),
  'gu',
);

/** A name with each unseen character as its code, such as [U+202E]. The parts of an emoji stay as they are. */
export function reveal(name) {
  const joints = new Set(Array.from(name.matchAll(JOINS_EMOJI), (match) => match.index));
  return name.replace(UNSEEN, (character, index) =>
    joints.has(index) ? character : `[U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

/** Whether a typed text confirms a name: the name itself, or the name as it is revealed. */
export function confirms(typed, name) {
  return typed.trim() === name.trim() || typed.trim() === reveal(name).trim();
}

export function isRightToLeft(name) {
  return RIGHT_TO_LEFT.test(name);
}

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const NUMBER = new Intl.NumberFormat('en-GB');
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const date = (text) => DATE.format(new Date(text));
export const time = (text) => TIME.format(new Date(text));
export const number = (value) => NUMBER.format(value);
export const compact = (value) => COMPACT.format(value);

const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60]];

/** A time in seconds as words: "a minute", "3 hours". */
export function span(seconds) {
  for (const [name, length] of UNITS) {
    if (seconds >= length && seconds % length === 0) {
      const count = seconds / length;
      return count === 1 ? name : `${count} ${name}s`;
    }
  }
  return seconds === 1 ? 'second' : `${seconds} seconds`;
}

export function limit(rateLimit) {
  return rateLimit ? `${number(rateLimit.count)} events per ${span(rateLimit.window)}` : 'No limit';
}

const RELATIVE = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });

/** A time as its distance from now: "3 hours ago". */
export function ago(text) {
  const seconds = (new Date(text) - Date.now()) / 1000;
  for (const [name, length] of UNITS) {
    if (Math.abs(seconds) >= length) {
      return RELATIVE.format(Math.round(seconds / length), name);
    }
  }
  return RELATIVE.format(Math.round(seconds), 'second');
}

/** The value of an input of type datetime-local, in local time; empty for null. */
export function toLocalInput(text) {
  if (!text) {
    return '';
  }
  const moment = new Date(text);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}
