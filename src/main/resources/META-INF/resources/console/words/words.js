// Everything that a person reads, in the language that was chosen.
import advice from './advice.js';
import authentication from './authentication.js';
import campaigns from './campaigns.js';
import deliveries from './deliveries.js';
import guide from './guide.js';
import overview from './overview.js';
import server from './server.js';
import shell from './shell.js';
import webhooks from './webhooks.js';

const areas = [shell, advice, authentication, webhooks, deliveries, campaigns, overview, guide];

export const languages = { en: 'English', zh: '中文' };

const words = Object.fromEntries(
  Object.keys(languages).map((language) => [language, Object.assign({}, ...areas.map((area) => area[language]))]),
);

/** 'en' or 'zh'. */
export const language = () => (document.documentElement.lang.startsWith('zh') ? 'zh' : 'en');

/** For Intl. */
export const locale = () => (language() === 'zh' ? 'zh-CN' : 'en-GB');

export function chooseLanguage(chosen) {
  document.documentElement.lang = chosen === 'zh' ? 'zh-Hans' : 'en';
  keep('tidings.language', chosen);
  window.dispatchEvent(new CustomEvent('language-changed'));
}

export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing forgets the choice, and that is all.
  }
}

/** The words of that key; {name} in them is replaced by values.name. */
export function t(key, values = {}) {
  const text = words[language()][key] ?? words.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const known = (key) => key in words.en;

/** What the server says is English; the sentences that it is known to say are translated, with their values. */
export function said(sentence) {
  if (!sentence || language() === 'en') {
    return sentence ?? '';
  }
  for (const [pattern, translated] of server) {
    const match = pattern.exec(sentence);
    if (match) {
      return translated.replace(/\$(\d)/g, (whole, group) => match[group] ?? '');
    }
  }
  return sentence;
}

/** For tests: keys that one language has and another lacks. */
export function missing() {
  const all = new Set(Object.values(words).flatMap((of) => Object.keys(of)));
  return [...all].filter((key) => Object.values(words).some((of) => !(key in of)));
}
