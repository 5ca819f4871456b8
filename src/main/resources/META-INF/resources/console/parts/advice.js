import { known, t } from '../words/words.js';

/** What to do about an answer: by its status, by its class, or by the fault's first words. */
export function advice({ statusCode, error = '' }) {
  if (statusCode) {
    const exact = `advice.${statusCode}`;
    return t(known(exact) ? exact : `advice.${Math.floor(statusCode / 100)}xx`);
  }
  const kinds = [
    [/can't be resolved/, 'advice.dns'],
    [/not a public address/, 'advice.address'],
    [/certificate|TLS/, 'advice.tls'],
    [/ within /, 'advice.timeout'],
    [/No connection/, 'advice.connect'],
  ];
  return t(kinds.find(([pattern]) => pattern.test(error))?.[1] ?? 'advice.other');
}
