import { html } from 'lit';
import { t } from '../words/words.js';
import { codeBlock } from './code-block.js';
import { moment, number } from './times.js';

const lines = (headers) => headers.map(({ name, value }) => `${name}: ${value ?? t('trace.notKept')}`).join('\n');

const place = (url) => {
  try {
    const { pathname, search, host } = new URL(url);
    return `POST ${pathname}${search}\nhost: ${host}`;
  } catch {
    return `POST ${url}`;
  }
};

/** What was sent besides the body, and the body where it is given. Secrets are masked by the server. */
export const sentBlock = ({ request }, name, body) =>
  request ? codeBlock(`${place(request.url)}\n${lines(request.headers)}${body ? `\n\n${body}` : ''}`, name) : '';

/** The answer: status, headers, the body's start. */
export const answerBlock = ({ statusCode, responseHeaders, responseBody }, name) => {
  const head = [`${statusCode}`, ...(responseHeaders?.length ? [lines(responseHeaders)] : [])].join('\n');
  return codeBlock(responseBody ? `${head}\n\n${responseBody}` : head, name);
};

/** Where it connected to, how that was secured, and where the time went: [name, value] of each fact. */
export function wireFacts({ connection, timing, durationMillis }) {
  const facts = [];
  if (connection) {
    const { address, reused, httpVersion, tlsProtocol, tlsCipher, certificate } = connection;
    facts.push([t('trace.address'), html`<code>${address}</code>`]);
    if (reused !== undefined) {
      const kind = [t(reused ? 'trace.reused' : 'trace.fresh'), httpVersion].filter(Boolean).join(', ');
      facts.push([t('trace.connection'), kind]);
      facts.push([t('trace.tls'), tlsProtocol ? `${tlsProtocol}, ${tlsCipher}` : t('trace.plain')]);
    }
    if (certificate) {
      facts.push([t('trace.certificate'), html`${certificate.subject}<small>${t('trace.until', { time: moment(certificate.expiresAt) })} · ${t('trace.issuer', { name: certificate.issuer })}</small>`]);
    }
  }
  const spent = steps(timing, durationMillis);
  return spent.length ? [...facts, [t('trace.time'), spent.join(' → ')]] : facts;
}

function steps({ resolveMillis, connectMillis, waitMillis } = {}, whole) {
  const known = [
    ['trace.resolve', resolveMillis],
    ['trace.connect', connectMillis],
    ['trace.wait', waitMillis],
  ].filter(([, millis]) => millis !== undefined);
  const spent = known.reduce((sum, [, millis]) => sum + millis, 0);
  const last = waitMillis === undefined ? 'trace.until-broken' : 'trace.read';
  return known.length ? [...known, [last, Math.max(0, whole - spent)]].map(([key, millis]) => t(key, { millis: number(millis) })) : [];
}

export const factList = (facts) =>
  facts.length ? html`<dl class="facts wire">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>` : '';
