// The console's screens: path, element, the file that has it, and the crumbs above its own title.
export const WEBHOOKS = 'administration/channels/feedback-webhooks';

const settings = ['nav.administration', 'nav.channels', 'nav.webhooks'];

export const routes = [
  { path: 'overview', tag: 'overview-view', load: () => import('../overview/overview-view.js'), crumbs: ['nav.overview'] },
  { path: 'deliveries', tag: 'deliveries-view', load: () => import('../deliveries/deliveries-view.js'), crumbs: ['nav.deliveries'] },
  { path: 'deliveries/:id', tag: 'delivery-view', load: () => import('../deliveries/delivery-view.js'), crumbs: ['nav.deliveries', 'delivery.title'] },
  { path: 'replays', tag: 'replays-view', load: () => import('../replays/replays-view.js'), crumbs: ['nav.replays'] },
  { path: 'replays/new', tag: 'new-replay-view', load: () => import('../replays/new-replay-view.js'), crumbs: ['nav.replays', 'replay.new'] },
  { path: 'replays/:id', tag: 'replay-view', load: () => import('../replays/replay-view.js'), crumbs: ['nav.replays', 'replay.title'] },
  { path: 'campaigns', tag: 'campaigns-view', load: () => import('../campaigns/campaigns-view.js'), crumbs: ['nav.campaigns'] },
  { path: WEBHOOKS, tag: 'inventory-view', load: () => import('../webhooks/inventory-view.js'), crumbs: settings },
  { path: `${WEBHOOKS}/new`, tag: 'webhook-form-view', load: () => import('../webhooks/webhook-form-view.js'), crumbs: [...settings, 'webhook.create'] },
  { path: `${WEBHOOKS}/:id`, tag: 'webhook-view', load: () => import('../webhooks/webhook-view.js'), crumbs: [...settings, 'webhook.title'] },
  { path: `${WEBHOOKS}/:id/edit`, tag: 'webhook-form-view', load: () => import('../webhooks/webhook-form-view.js'), crumbs: [...settings, 'webhook.edit'] },
  { path: `${WEBHOOKS}/:id/guide`, tag: 'guide-view', load: () => import('../guide/guide-view.js'), crumbs: [...settings, 'guide.title'] },
];

/** The route of those segments with its parameters, or undefined. */
export function match(segments) {
  for (const route of routes) {
    const parts = route.path.split('/');
    const params = {};
    const fits =
      parts.length === segments.length &&
      parts.every((part, i) => (part.startsWith(':') ? (params[part.slice(1)] = segments[i]) !== '' : part === segments[i]));
    if (fits) {
      return { route, params };
    }
  }
  return undefined;
}
