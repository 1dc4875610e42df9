// Invented data of the development fixture. None of it is bundled.
import { randomBytes } from 'node:crypto'

export const newId = () => randomBytes(12).toString('hex')
export const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString()

export const me = {
  hasPassword: true,
  teammate: { id: 't1', name: 'Mara Köhler', email: 'mara@northwind.example', role: 'owner' },
  workspace: { id: 'w1', name: 'Northwind', plan: 'builder' },
  server: {
    version: '0.1.0',
    publicUrl: 'http://localhost:4400',
    sandboxUrl: 'http://127.0.0.1:4401/',
    unsafeFunctions: false,
    functions: { available: true, reason: null },
  },
}
export const team = [
  me.teammate,
  { id: 't2', name: 'Lena Ortiz', email: 'lena@northwind.example', role: 'admin' },
  { id: 't3', name: 'Sam Idowu', email: 'sam@northwind.example', role: 'editor' },
  { id: 't4', name: 'Priya Nair', email: 'priya@northwind.example', role: 'viewer' },
]
const app = (id, name, description, counts) => ({
  id,
  name,
  description,
  backendFunctions: true,
  timeZone: 'Europe/Berlin',
  createdAt: ago(90000),
  counts: { entities: 0, functions: 0, flows: 0, connections: 0, runs24h: 0, failed24h: 0, ...counts },
})
export const apps = [
  app('helpdesk', 'Help desk', 'Tickets of our customers, and who answers them.', {
    entities: 4,
    functions: 4,
    flows: 4,
    connections: 3,
    runs24h: 148,
    failed24h: 3,
  }),
  app('bookings', 'Bookings', 'Tasting room reservations.', { entities: 2, functions: 1 }),
  app('blank', 'Finance', null),
]
export const addApp = (body) => {
  const made = app(newId(), body.name, body.description ?? null)
  apps.push(made)
  return made
}

const t = (type, more = {}) => ({ type, ...more })
export const entities = [
  {
    name: 'Ticket',
    recordCount: 11,
    schema: {
      type: 'object',
      required: ['subject'],
      properties: {
        subject: t('string'),
        description: t('string'),
        priority: t('string', { enum: ['low', 'normal', 'high', 'urgent'] }),
        status: t('string', { enum: ['open', 'pending', 'resolved', 'closed'] }),
        customer_email: t('string', { format: 'email' }),
      },
    },
  },
  {
    name: 'Deal',
    recordCount: 3,
    schema: {
      type: 'object',
      required: ['name'],
      properties: {
        name: t('string'),
        stage: t('string', { enum: ['lead', 'negotiation', 'won', 'lost'] }),
        amount: t('number'),
        close_date: t('string', { format: 'date' }),
      },
    },
  },
  {
    name: 'Booking',
    recordCount: 0,
    schema: {
      type: 'object',
      properties: {
        guest: t('string'),
        starts_at: t('string', { format: 'date-time' }),
        confirmed: t('boolean'),
      },
    },
  },
  {
    name: 'Invoice',
    recordCount: 0,
    schema: {
      type: 'object',
      properties: {
        number: t('string'),
        total: t('number'),
        status: t('string', { enum: ['draft', 'sent', 'paid', 'overdue'] }),
      },
    },
  },
]
const subjects = [
  'Oat syrup bottles arrived leaking',
  'Invoice 2291 charged twice',
  'Change delivery day to Thursday',
  'Chai pallet short by 6 cases',
  'Allergen sheet for dried mango',
  'Cannot sign in after rename',
  'Add a second billing contact',
  'Pallet label unreadable at dock 4',
  'Missing batch number on honey',
  'Quote for 40 cases of chai',
  'Swap glass jars for tins',
]
const row = (fields, minutes) => ({
  id: newId(),
  created_date: ago(minutes),
  updated_date: ago(minutes),
  created_by: null,
  ...fields,
})
export const records = {
  Ticket: subjects.map((subject, i) =>
    row(
      {
        subject,
        priority: ['urgent', 'high', 'normal', 'high', 'normal', 'low'][i % 6],
        status: ['open', 'open', 'pending', 'open', 'resolved', 'closed'][i % 6],
        customer_email: `${['ines', 'jonas', 'mei'][i % 3]}@harborcafe.example`,
      },
      i * i * 12 + 0.05,
    ),
  ),
  Deal: [
    row({ name: 'Dockside 2026', stage: 'won', amount: 48200 }, 30),
    row({ name: 'Little Mill renewal', stage: 'negotiation', amount: 12900 }, 500),
    row({ name: 'Fern & Co', stage: 'lead', amount: 3100 }, 4000),
  ],
  Booking: [],
  Invoice: [],
}

const scope = (id, plain, cls, sensitive = false) => ({ id, plain, class: cls, sensitive })
const op = (id, name, summary, scopes) => ({ id, name, summary, scopes })
const connector = (id, name, vendor, description, category, more) => ({
  id,
  name,
  vendor,
  description,
  category,
  iconSvgUrl: `/api/v1/connectors/${id}/icon.svg`,
  examples: [],
  scopes: [],
  operations: [],
  events: [],
  extraSteps: [],
  quirks: [],
  rateLimit: null,
  removeAt: null,
  revocable: true,
  proof: 'sandbox',
  connects: 'signingIn',
  key: null,
  ...more,
})
export const connectors = [
  connector(
    'slack',
    'Slack',
    'slack',
    'Post, read and organise messages in the channels you name.',
    'Messaging',
    {
      examples: [
        'Tell #support whenever somebody opens a ticket',
        'Post to #deals when a deal is won',
        'Every weekday at 9, post the open tickets to #support',
      ].map((text) => ({ text })),
      scopes: [
        scope('chat:write', 'Send messages as Patchbay', 'write'),
        scope('channels:read', 'See names of public channels', 'read'),
        scope('channels:history', 'Read messages in public channels', 'read', true),
        scope('users:read.email', 'See people’s e-mail addresses', 'read', true),
        scope('admin', 'Administer the workspace', 'admin', true),
      ],
      operations: [
        op('slack.post_message', 'Post a message', 'Posts to one channel', ['chat:write']),
        op('slack.list_channels', 'List channels', 'Names of public channels', ['channels:read']),
        op('slack.read_history', 'Read a channel', 'Latest messages', ['channels:history']),
        op('slack.find_user', 'Find a person by e-mail', '', ['users:read.email']),
      ],
      extraSteps: ['For a private channel, invite the app there once in Slack.'],
    },
  ),
  connector(
    'gmail',
    'Gmail',
    'google',
    'Send mail and work with the inbox of one account.',
    'Mail and calendar',
    {
      examples: [
        'Mail me a table of today’s tickets every evening at 18:00',
        'Send a confirmation when a booking is made',
      ].map((text) => ({ text })),
      scopes: [
        scope('https://www.googleapis.com/auth/gmail.send', 'Send mail as you', 'write', true),
        scope('https://www.googleapis.com/auth/gmail.readonly', 'Read all your mail', 'read', true),
      ],
      operations: [
        op('gmail.send', 'Send a mail', '', ['https://www.googleapis.com/auth/gmail.send']),
        op('gmail.search', 'Search mail', '', ['https://www.googleapis.com/auth/gmail.readonly']),
      ],
    },
  ),
  connector(
    'googlecalendar',
    'Google Calendar',
    'google',
    'Bookings, availability and events.',
    'Mail and calendar',
    {
      examples: [{ text: 'When a booking is made, block the time in my calendar' }],
      scopes: [
        scope('calendar.events', 'See, add, change and delete events', 'write'),
        scope('calendar.freebusy', 'Ask busy and free times only', 'read'),
      ],
      operations: [op('googlecalendar.create_event', 'Add an event', '', ['calendar.events'])],
    },
  ),
  connector(
    'notion',
    'Notion',
    'notion',
    'Pages, databases and comments you share with it.',
    'Documents and files',
    {
      examples: [{ text: 'Create a Notion page for every new lead' }],
      scopes: [scope('insert_content', 'Add pages and blocks', 'write')],
      operations: [op('notion.create_page', 'Create a page', '', ['insert_content'])],
    },
  ),
  connector('hubspot', 'HubSpot', 'hubspot', 'Contacts, deals and lists.', 'CRM', {
    operations: [op('hubspot.create_contact', 'Create a contact', '', [])],
  }),
]
const tile = (inner) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke-width="2" stroke-linecap="round">${inner}</svg>`
export const icons = {
  slack: tile('<path d="M9 4 7 20M17 4l-2 16M4 9h16M4 15h16" stroke="#7a3f86"/>'),
  gmail: tile(
    '<rect x="3" y="5" width="18" height="14" rx="2" fill="#f3cec9"/><path d="m4 7 8 6 8-6" stroke="#d93a30"/>',
  ),
  googlecalendar: tile(
    '<rect x="3" y="4" width="18" height="17" rx="3" fill="#c3d0fa"/><path d="M3 8h18" stroke="#2b50d8" stroke-width="5"/>',
  ),
  notion: tile(
    '<rect x="4" y="3" width="16" height="18" rx="2" fill="#e7e6e1"/><path d="m7 8 1.500 1.500L11 7M13 8h4m-10 7 1.500 1.500L11 14m2 1h4" stroke="#54534c" stroke-width="1.500"/>',
  ),
  hubspot: tile('<circle cx="15" cy="14" r="4" stroke="#d9532b"/><path d="M5 5l7 6M15 5v5" stroke="#d9532b"/>'),
}

const perm = (s, plain, cls, isNew, usedBy = ['notifySupport']) => ({
  scope: s,
  plain,
  class: cls,
  isNew,
  usedBy,
})
const source = `import { createClientFromRequest } from "npm:@base44/sdk@0.8.50";

// Tells #support about each new ticket, and how urgent it is.
Deno.serve(async (req) => {
  const base44 = createClientFromRequest(req);
  const { event, data: ticket } = await req.json();
  const { accessToken } =
    await base44.asServiceRole.connectors.getConnection("slack");
  const answer = await fetch("https://slack.com/api/chat.postMessage", {
    method: "POST",
    headers: {
      Authorization: \`Bearer \${accessToken}\`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({
      channel: "#support",
      text: \`New ticket, \${ticket.priority}: \${ticket.subject}\`,
    }),
  });
  const posted = await answer.json();
  if (!posted.ok) throw new Error(posted.error);
  return Response.json({ ts: posted.ts, key: event.key, urgent: 1 });
});
`
const proposal = (id, more) => ({
  id,
  status: 'proposed',
  sentence: 'When a ticket is created, post it to #support in Slack.',
  when: 'Runs within seconds of each new record.',
  steps: [
    { kind: 'trigger', label: 'When', title: 'Ticket created', connector: null, icon: 'record' },
    { kind: 'function', label: 'Run', title: 'notifySupport', connector: null, icon: 'function' },
    { kind: 'operation', label: 'Post to', title: '#support', connector: 'slack', icon: 'slack' },
  ],
  requirements: [
    {
      connector: 'slack',
      connectorName: 'Slack',
      connectionId: null,
      accountLabel: null,
      realm: null,
      state: 'missing',
      permissions: [perm('chat:write', 'Send messages as Patchbay', 'write', true)],
      cannot: 'It cannot read messages, see files or look up people.',
    },
  ],
  files: [
    {
      path: 'notifySupport/index.ts',
      kind: 'function',
      added: 23,
      removed: 0,
      content: source,
      previous: null,
    },
    {
      path: 'ticket-created.jsonc',
      kind: 'flow',
      added: 6,
      removed: 1,
      content:
        '{\n  "trigger": { "entity": "Ticket", "on": "create" },\n  "function": "notifySupport",\n  "retries": 4,\n  "order": "one at a time",\n  "enabled": true\n}\n',
      previous: '{\n  "trigger": { "entity": "Ticket", "on": "create" },\n  "enabled": false\n}\n',
    },
  ],
  functionName: 'notifySupport',
  flowName: 'Ticket alerts',
  flowId: null,
  entity: 'Ticket',
  ready: true,
  acceptedAt: null,
  ...more,
})
const message = (role, text, more = {}) => ({
  id: newId(),
  role,
  text,
  createdAt: ago(3),
  proposal: null,
  question: null,
  decline: null,
  ...more,
})
export const messages = [
  message('user', 'Put a note in #deals when a deal is won'),
  message('assistant', '', {
    proposal: proposal('p0', {
      status: 'accepted',
      acceptedAt: ago(20),
      sentence: 'When a deal’s stage becomes won, post it to #deals in Slack.',
      requirements: [],
      files: [],
    }),
  }),
  message('user', 'Tell #support whenever somebody opens a ticket'),
  message(
    'assistant',
    'Here is what I would build. Your **Ticket** entity already has **priority**, so it is in the message. Nothing changes until you accept.',
    { proposal: proposal('p1') },
  ),
]
export const answer = (text) =>
  /question|mail/i.test(text)
    ? message('assistant', 'One thing is missing.', {
        question: {
          id: newId(),
          text: 'Who should get the mail?',
          slot: 'to',
          choices: [
            { label: 'The ticket’s customer', value: 'customer_email' },
            { label: 'Me, mara@northwind.example', value: 'mara@northwind.example' },
          ],
          freeText: true,
        },
      })
    : /fax/i.test(text)
      ? message('assistant', 'I cannot build that.', {
          decline: {
            understood: ['when a ticket is created', 'Ticket'],
            reason: 'No connector of this server sends a fax.',
            nearest: 'Mail the ticket to the customer when it is created',
          },
        })
      : message('assistant', 'Here is what I would build.', { proposal: proposal(newId()) })

const connection = (id, connectorId, realm, state, more) => ({
  id,
  connector: connectorId,
  realm,
  state,
  accountLabel: null,
  grantedScopes: [],
  approvedScopes: [],
  missingScopes: [],
  identityScopes: [],
  excessScopes: [],
  problem: null,
  usedBy: [],
  connectedAt: ago(40000),
  lastUsedAt: ago(4),
  expiresAt: null,
  ...more,
})
export const connections = [
  connection('k1', 'gmail', 'live', 'needsYou', {
    accountLabel: 'ops@northwind.example',
    grantedScopes: ['https://www.googleapis.com/auth/gmail.send'],
    approvedScopes: ['https://www.googleapis.com/auth/gmail.send'],
    usedBy: [{ kind: 'flow', id: 'f3', name: 'Weekly digest' }],
    problem: {
      code: 'PB2203',
      message:
        'Google ended this sign-in at 07:14. The flow is paused and 14 events are kept. They run once you reconnect.',
      remedy: 'reconnect',
    },
  }),
  connection('k2', 'googlecalendar', 'sandbox', 'partialGrant', {
    accountLabel: 'ops@northwind.example',
    grantedScopes: ['calendar.events'],
    approvedScopes: ['calendar.events'],
    missingScopes: ['calendar.freebusy'],
    usedBy: [{ kind: 'function', id: 'getFreeSlots', name: 'getFreeSlots' }],
    problem: {
      code: 'PB2207',
      message: '“Ask busy and free times” was left unticked. Bookings show no slots until it is approved.',
      remedy: 'approve',
    },
  }),
  connection('k3', 'hubspot', 'sandbox', 'connected', {
    accountLabel: 'Northwind EU',
    grantedScopes: ['crm.contacts'],
    approvedScopes: ['crm.contacts'],
    lastUsedAt: null,
  }),
]
export const connect = (id) => {
  const made = connection(newId(), id, 'sandbox', 'connected', {
    accountLabel: 'Northwind Traders',
    grantedScopes: ['chat:write'],
    approvedScopes: ['chat:write'],
    connectedAt: ago(0),
    usedBy: [{ kind: 'flow', id: 'f1', name: 'Ticket alerts' }],
  })
  connections.push(made)
  for (const m of messages)
    for (const r of m.proposal?.requirements ?? [])
      if (r.connector === id && m.proposal.status === 'proposed')
        Object.assign(r, {
          state: 'connected',
          connectionId: made.id,
          accountLabel: made.accountLabel,
          realm: made.realm,
        })
  return { connection: made.id }
}

export const functions = [
  {
    name: 'notifySupport',
    version: 3,
    updatedAt: ago(20),
    updatedBy: 'Mara Köhler',
    connectors: ['slack'],
    operations: ['slack.post_message'],
  },
  {
    name: 'dealWon',
    version: 7,
    updatedAt: ago(3000),
    updatedBy: 'Lena Ortiz',
    connectors: ['slack'],
    operations: ['slack.post_message', 'slack.find_user'],
  },
  {
    name: 'weeklyDigest',
    version: 1,
    updatedAt: ago(30000),
    updatedBy: null,
    connectors: ['gmail'],
    operations: ['gmail.send'],
  },
  { name: 'tidyUp', version: 2, updatedAt: ago(60000), updatedBy: 'Sam Idowu', connectors: [], operations: [] },
]
export const detail = {
  name: 'notifySupport',
  version: 3,
  entry: 'index.ts',
  files: [
    { path: 'index.ts', content: source },
    { path: 'function.jsonc', content: '{\n  "name": "notifySupport"\n}\n' },
  ],
  operations: ['slack.post_message'],
  requiredScopes: { slack: ['chat:write'] },
  versions: [
    { version: 3, author: 'Mara Köhler', message: 'Say how urgent it is', createdAt: ago(20) },
    { version: 2, author: 'Lena Ortiz', message: 'Retry when Slack says wait', createdAt: ago(9000) },
    { version: 1, author: 'chat', message: 'Created by chat', createdAt: ago(20000) },
  ],
}
const flow = (id, name, sentence, trigger, functionName, connectorIds, more) => ({
  id,
  name,
  sentence,
  enabled: true,
  state: 'on',
  pausedReason: null,
  trigger,
  functionName,
  connectors: connectorIds,
  lastRun: { id: 'r', status: 'succeeded', at: ago(12) },
  runs24h: 42,
  createdAt: ago(50000),
  ...more,
})
export const flows = [
  flow(
    'f1',
    'Ticket alerts',
    'When a ticket is created, post it to #support in Slack.',
    { kind: 'record', entity: 'Ticket', on: 'create' },
    'notifySupport',
    ['slack'],
  ),
  flow(
    'f2',
    'Deal won',
    'When a deal’s stage becomes won, post it to #deals in Slack.',
    { kind: 'record', entity: 'Deal', on: 'update', condition: 'stage is won' },
    'dealWon',
    ['slack'],
    { runs24h: 4 },
  ),
  flow(
    'f3',
    'Weekly digest',
    'Every weekday at 9, mail the open tickets.',
    { kind: 'schedule', cron: '0 9 * * 1-5', timeZone: 'Europe/Berlin', nextAt: ago(-900) },
    'weeklyDigest',
    ['gmail'],
    {
      state: 'paused',
      pausedReason: 'Google ended the sign-in of ops@northwind.example.',
      lastRun: { id: 'r', status: 'paused', at: ago(300) },
    },
  ),
  flow(
    'f4',
    'Tidy up',
    'Started by hand, closes tickets nobody answered for 30 days.',
    { kind: 'manual' },
    'tidyUp',
    [],
    { enabled: false, state: 'off', lastRun: null, runs24h: 0 },
  ),
]
const start = Date.now() - 41_000
const at = (ms) => new Date(start + ms).toISOString()
const call = (ms, status, durationMs, operation = 'slack.post_message') => ({
  id: newId(),
  time: at(ms),
  connector: 'slack',
  operation,
  method: 'POST',
  host: 'slack.com',
  path: '/api/chat.postMessage',
  status,
  durationMs,
  requestBytes: 310,
  responseBytes: 940,
  runId: null,
  outcome: 'sent',
  reason: null,
})
const run = (i, flowAt, status, label, more) => {
  const f = flows[flowAt]
  return {
    id: newId(),
    flowId: f.id,
    flowName: f.name,
    connectors: f.connectors,
    functionName: f.functionName,
    status,
    event: { kind: 'record', label },
    attempts: 1,
    lastError: null,
    durationMs: 180 + ((i * 37) % 400),
    workMs: 180 + ((i * 37) % 400),
    createdAt: ago(i * 4),
    startedAt: ago(i * 4),
    finishedAt: ago(i * 4),
    idempotencyKey: `evt_${newId().slice(0, 8)}`,
    attemptList: [
      {
        number: 1,
        startedAt: at(0),
        finishedAt: at(212),
        status: 'succeeded',
        httpStatus: 200,
        error: null,
        log: [{ time: at(40), level: 'info', message: `${label}: posting` }],
      },
    ],
    calls: [call(60, 200, 130)],
    payload: {
      event: { type: 'create', entity: 'Ticket' },
      data: { subject: 'Oat syrup bottles arrived leaking', priority: 'urgent' },
    },
    result: { ts: '1781854860.118209' },
    ...more,
  }
}
export const runs = [
  run(0, 0, 'running', 'Ticket “Oat syrup bottles arrived leaking” created', {
    durationMs: null,
    finishedAt: null,
    result: null,
    attemptList: [
      {
        number: 1,
        startedAt: at(0),
        finishedAt: null,
        status: 'running',
        httpStatus: null,
        error: null,
        log: [],
      },
    ],
    calls: [],
  }),
  run(1, 0, 'succeeded', 'Ticket “Invoice 2291 charged twice” created'),
  run(2, 1, 'succeeded', 'Deal “Dockside 2026” to won', {
    attempts: 2,
    lastError: 'ratelimited',
    durationMs: 2612,
    startedAt: at(0),
    attemptList: [
      {
        number: 1,
        startedAt: at(0),
        finishedAt: at(418),
        status: 'failed',
        httpStatus: 500,
        error: 'slack.post_message: ratelimited, Retry-After 2',
        log: [
          { time: at(2), level: 'info', message: 'deal 311 Dockside 2026, 48,200 EUR' },
          { time: at(410), level: 'error', message: 'ratelimited, Retry-After 2' },
        ],
      },
      {
        number: 2,
        startedAt: at(2420),
        finishedAt: at(2612),
        status: 'succeeded',
        httpStatus: 200,
        error: null,
        log: [
          { time: at(2430), level: 'info', message: 'again with the same key' },
          { time: at(2608), level: 'info', message: 'posted ts 1781854860.118209' },
        ],
      },
    ],
    calls: [call(90, 200, 144, 'slack.find_user'), call(245, 429, 168), call(2510, 200, 94)],
  }),
  run(3, 2, 'paused', 'Weekdays at 09:00', { attempts: 0, lastError: 'sign-in ended', durationMs: null }),
  run(4, 0, 'deadLetter', 'Ticket “Swap glass jars for tins” created', {
    attempts: 4,
    lastError: 'channel_not_found',
    durationMs: 11800,
  }),
  ...subjects.map((s, i) =>
    run(
      5 + i * 3,
      0,
      i === 6 ? 'failed' : 'succeeded',
      `Ticket “${s}” created`,
      i === 6 ? { lastError: 'timeout after 60 s' } : {},
    ),
  ),
]
export const summary = () => ({
  total: 148,
  succeeded: 141,
  failed: 6,
  running: 1,
  p50Ms: 196,
  p95Ms: 1210,
  buckets: Array.from({ length: 48 }, (_, i) => ({
    start: ago((48 - i) * 30),
    succeeded: Math.round(5 + 4 * Math.sin(i / 5) + (i % 3)),
    failed: i === 20 || i === 21 ? 3 : i === 40 ? 1 : 0,
  })),
})
export const keys = [{ id: 'a1', name: 'Website', createdAt: ago(70000) }]
export const addKey = (name) => {
  const made = { id: newId(), name, createdAt: ago(0) }
  keys.push(made)
  return { ...made, key: `fixture_${newId()}` }
}
