/** The dashboard API's shapes, by hand until `npm run api` can generate schema.d.ts from the server's document. Times are ISO 8601 UTC. */

export interface List<T> {
  items: T[]
  nextCursor: string | null
}

export type Role = 'owner' | 'admin' | 'editor' | 'viewer'
export type Realm = 'sandbox' | 'live'

export interface Teammate {
  id: string
  name: string
  email: string
  role: Role
}

export interface Me {
  teammate: Teammate
  workspace: { id: string; name: string; plan: 'free' | 'starter' | 'builder' | 'pro' | 'elite' }
  server: {
    version: string
    publicUrl: string
    sandboxUrl: string | null
    unsafeFunctions: boolean
    functions: { available: boolean; reason: string | null }
  }
}

export interface App {
  id: string
  name: string
  description: string | null
  backendFunctions: boolean
  timeZone: string
  createdAt: string
  counts: {
    entities: number
    functions: number
    flows: number
    connections: number
    runs24h: number
    failed24h: number
  }
}

export interface FieldSchema {
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object'
  enum?: string[]
  format?: string
  description?: string
}

export interface Entity {
  name: string
  schema: { type: 'object'; properties: Record<string, FieldSchema>; required?: string[] }
  recordCount: number
}

export type EntityRecord = {
  id: string
  created_date: string
  updated_date: string
  created_by: string | null
} & Record<string, unknown>

export type ScopeClass = 'read' | 'write' | 'admin'

export interface Connector {
  id: string
  name: string
  vendor: string
  description: string
  category: string
  iconSvgUrl: string
  examples: { text: string }[]
  scopes: { id: string; plain: string; class: ScopeClass; sensitive: boolean }[]
  operations: { id: string; name: string; summary: string; scopes: string[] }[]
  extraSteps: string[]
}

export type ConnectionState = 'connected' | 'needsYou' | 'partialGrant' | 'failed' | 'disconnected'

export interface Connection {
  id: string
  connector: string
  realm: Realm
  state: ConnectionState
  accountLabel: string | null
  grantedScopes: string[]
  approvedScopes: string[]
  missingScopes: string[]
  problem: { code: string; message: string; remedy: 'reconnect' | 'approve' | null } | null
  usedBy: { kind: 'flow' | 'function'; id: string; name: string }[]
  connectedAt: string
  lastUsedAt: string | null
  expiresAt: string | null
}

export interface Call {
  id: string
  time: string
  connector: string | null
  operation: string | null
  method: string
  host: string
  path: string
  status: number | null
  durationMs: number
  requestBytes: number
  responseBytes: number
  runId: string | null
  outcome: 'sent' | 'refused' | 'failed'
  reason: string | null
}

export interface ProposalStep {
  kind: 'trigger' | 'function' | 'operation'
  label: string
  title: string
  connector: string | null
  icon: string | null
}

export interface Permission {
  scope: string
  plain: string
  class: ScopeClass
  isNew: boolean
  usedBy: string[]
}

export interface Requirement {
  connector: string
  connectorName: string
  connectionId: string | null
  accountLabel: string | null
  state: 'missing' | 'connected' | 'needsScopes' | 'skipped'
  permissions: Permission[]
  cannot: string
}

export interface ProposalFile {
  path: string
  kind: 'function' | 'flow'
  added: number
  removed: number
  content: string
  previous: string | null
}

export interface Proposal {
  id: string
  status: 'proposed' | 'accepted' | 'undone' | 'superseded'
  sentence: string
  when: string
  steps: ProposalStep[]
  requirements: Requirement[]
  files: ProposalFile[]
  functionName: string | null
  flowName: string | null
  ready: boolean
  acceptedAt: string | null
}

export interface Question {
  id: string
  text: string
  slot: string
  choices: { label: string; value: string }[]
  freeText: boolean
}

export interface Decline {
  understood: string[]
  reason: string
  nearest: string | null
}

export interface Message {
  id: string
  role: 'user' | 'assistant'
  text: string
  createdAt: string
  proposal: Proposal | null
  question: Question | null
  decline: Decline | null
}

export type ChatMode = 'build' | 'discuss'

export interface ConversationSummary {
  id: string
  title: string
  updatedAt: string
}

export interface Conversation {
  id: string
  title: string
  messages: Message[]
}

export interface FunctionSummary {
  name: string
  version: number
  updatedAt: string
  updatedBy: string | null
  connectors: string[]
  operations: string[]
}

export interface SourceFile {
  path: string
  content: string
}

export interface FunctionVersion {
  version: number
  author: string | null
  message: string | null
  createdAt: string
}

export interface FunctionDetail {
  name: string
  version: number
  entry: string
  files: SourceFile[]
  operations: string[]
  requiredScopes: Record<string, string[]>
  versions: FunctionVersion[]
}

export interface Trigger {
  kind: 'record' | 'schedule' | 'manual' | 'webhook' | 'vendorEvent'
  entity?: string | null
  on?: 'create' | 'update' | 'delete' | null
  condition?: string | null
  cron?: string | null
  timeZone?: string | null
  nextAt?: string | null
}

export interface Flow {
  id: string
  name: string
  sentence: string
  enabled: boolean
  state: 'on' | 'off' | 'paused' | 'waitingForConnection'
  pausedReason: string | null
  trigger: Trigger
  functionName: string
  connectors: string[]
  lastRun: { id: string; status: RunStatus; at: string } | null
  runs24h: number
  createdAt: string
}

export type RunStatus =
  'queued' | 'running' | 'succeeded' | 'retrying' | 'failed' | 'deadLetter' | 'paused' | 'cancelled'

export interface Run {
  id: string
  flowId: string
  flowName: string
  connectors: string[]
  functionName: string
  status: RunStatus
  event: { kind: string; label: string }
  attempts: number
  lastError: string | null
  durationMs: number | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  idempotencyKey: string
}

export interface LogLine {
  time: string
  level: string
  message: string
}

export interface Attempt {
  number: number
  startedAt: string
  finishedAt: string | null
  status: string
  httpStatus: number | null
  error: string | null
  log: LogLine[]
}

export interface RunDetail extends Run {
  attemptList: Attempt[]
  calls: Call[]
  payload: unknown
  result: unknown
}

export interface RunSummary {
  total: number
  succeeded: number
  failed: number
  running: number
  p50Ms: number | null
  p95Ms: number | null
  buckets: { start: string; succeeded: number; failed: number }[]
}

export interface RunList extends List<Run> {
  summary: RunSummary
}

export interface ApiKey {
  id: string
  name: string
  createdAt: string
  /** Present only in the answer that created it. */
  key?: string
}
