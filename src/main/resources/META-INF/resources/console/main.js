import { finish } from './api/open-id.js';

// A browser that comes back from signing in has to show what it brings before anything is asked for.
const failure = await finish();
await import('./shell/tidings-console.js');
if (failure) {
  window.dispatchEvent(new CustomEvent('sign-in-needed', { detail: failure }));
}
