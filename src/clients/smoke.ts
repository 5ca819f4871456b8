// What an administrator and the platform do, with the generated client: node smoke.js TIDINGS RECEIVER
import {
  CampaignsApi,
  Configuration,
  DeliveriesApi,
  FeedbackEventsApi,
  FeedbackWebhooksApi,
  ResponseError,
  type FeedbackEvent,
} from './client/index.js';

declare const process: { argv: string[] };

const [basePath, receiver] = process.argv.slice(2);
const configuration = new Configuration({ basePath });
const tenant = { xGwImsOrgId: 'typescript', xSandboxName: 'prod' };
const campaignID = 'order-status';

function check(holds: boolean, what: string): asserts holds {
  if (!holds) {
    throw new Error(what);
  }
}

const webhook = await new FeedbackWebhooksApi(configuration).createWebhook({
  ...tenant,
  webhookPut: {
    name: 'From TypeScript',
    channels: ['email', 'sms'],
    url: receiver,
    authentication: {
      type: 'jwt',
      algorithm: 'HS256',
      secret: 'a secret of more than thirty-two bytes',
      claims: { iss: 'me', aud: 'you' },
    },
    headers: [{ name: 'X-Team', value: 'crm' }],
  },
});
check(webhook.state === 'active', 'it is active');
check(webhook.authentication?.secretSet === true, 'its secret is set, and not shown');
check(webhook.createdAt instanceof Date, 'a time is a Date');

const campaign = await new CampaignsApi(configuration).putCampaign({
  ...tenant,
  campaignID,
  campaignPut: {
    name: 'Order status',
    category: 'Transactional',
    campaignType: 'ApiTriggered',
    enableWebhooks: true,
  },
});
check(campaign.enableWebhooks === true, 'its webhooks are enabled');

function event(eventId: string): FeedbackEvent {
  return {
    eventId,
    requestId: 'r-1',
    imsOrg: tenant.xGwImsOrgId,
    sandbox: { id: 's-1', name: tenant.xSandboxName },
    channel: 'email',
    eventType: 'message.feedback',
    messageExecution: {
      messageExecutionID: 'm-1',
      messageType: 'transactional',
      campaignID,
      campaignVersionID: 'v-1',
    },
    messageDeliveryFeedback: { feedbackStatus: { value: 'bounce' }, retryCount: 0 },
    identityMap: { email: [{ id: 'john.doe@luma.com', primary: true }] },
  };
}

const events = new FeedbackEventsApi(configuration);
for (const eventId of ['typescript-1', 'typescript-2']) {
  const receipt = await events.postFeedbackEvents({ feedbackEvent: event(eventId) });
  check(receipt.accepted === 1, 'it is accepted');
}
const repeated = await events.postFeedbackEvents({ feedbackEvent: event('typescript-2') });
check(repeated.results?.[0].status === 'duplicate', 'a repeat is a duplicate');

const deliveries = new DeliveriesApi(configuration);
let delivered = await deliveries.listDeliveries({ ...tenant, state: 'delivered', channel: 'email' });
for (let i = 0; delivered.items.length < 2 && i < 200; i++) {
  await new Promise(resolve => setTimeout(resolve, 100));
  delivered = await deliveries.listDeliveries({ ...tenant, state: 'delivered', channel: 'email' });
}
check(delivered.items.length === 2 && delivered.nextCursor === null, 'both are delivered, and no page follows');
const detail = await deliveries.getDelivery({ ...tenant, id: delivered.items[0].id });
check(detail.attempts[0].statusCode === 200, 'the attempt is told');
check((detail.payload as { imsOrg?: string }).imsOrg === tenant.xGwImsOrgId, 'so is the payload');

try {
  await deliveries.getDelivery({ ...tenant, id: '00000000-0000-7000-8000-000000000000' });
  check(false, 'what is not there is an error');
} catch (error) {
  check(error instanceof ResponseError && error.response.status === 404, 'a 404');
}
console.log(`delivered ${delivered.items.map(one => one.eventId).sort().join(' ')}`);
