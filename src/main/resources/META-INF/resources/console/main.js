import './shell/tidings-console.js';
