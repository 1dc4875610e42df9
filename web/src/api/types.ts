/**
 * The API's shapes, by the names the screens use. They come from the server's own document (`npm run api`); only what the
 * document leaves open, the JSON Schema of an entity and the fields of a record, is said here. Times are ISO 8601 UTC.
 */
import type { components } from './schema'

type Schemas = components['schemas']

export interface List<T> {
  items: T[]
  nextCursor: string | null
}

export type SignInFacts = Schemas['SignInView']
export type Me = Schemas['MeView']
export type Role = Schemas['Role']
export type Teammate = Schemas['TeammateView']
export type AuditEntry = Schemas['AuditEntryView']

export type App = Schemas['AppView']
/** `key` stands only in the answer that made it. */
export type ApiKey = Schemas['ApiKeyView']

export interface FieldSchema {
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object'
  enum?: string[]
  format?: string
  description?: string
}

export type Entity = Omit<Schemas['EntityView'], 'schema'> & {
  schema: { type: 'object'; properties: Record<string, FieldSchema>; required?: string[] }
}

export type EntityRecord = {
  id: string
  created_date: string
  updated_date: string
  created_by: string | null
} & Record<string, unknown>

export type Connector = Schemas['ConnectorView']
export type ScopeClass = Schemas['ScopeClass']
export type Realm = Schemas['Realm']
export type Connection = Schemas['ConnectionReply']
export type ConnectionState = Schemas['ConnectionHealth']
export type ConnectorSetup = Schemas['ConnectorSetupView']
export type ConnectStart = Schemas['ConnectStartView']
export type OAuthClient = Schemas['OAuthClientReply']
export type Call = Schemas['CallView']

export type ChatMode = Schemas['ChatMode']
export type ConversationSummary = Schemas['ConversationSummary']
export type Conversation = Schemas['ConversationView']
export type Message = Schemas['MessageView']
export type Question = Schemas['QuestionView']
export type Decline = Schemas['DeclineView']
export type Proposal = Schemas['ProposalView']
export type ProposalStep = Schemas['ProposalStep']
export type ProposalFile = Schemas['ProposalFile']
export type Requirement = Schemas['RequirementView']
export type Permission = Schemas['ProposalPermission']

export type FunctionSummary = Schemas['FunctionSummaryView']
export type FunctionDetail = Schemas['FunctionView']
export type FunctionVersion = Schemas['FunctionVersionView']
export type SourceFile = Schemas['FunctionFile']

export type Flow = Schemas['FlowReply']
export type FlowSample = { record: EntityRecord; fits: boolean }
export type Trigger = Schemas['TriggerView']

export type Run = Schemas['RunReply']
export type RunStatus = Schemas['RunStatus']
export type RunDetail = Schemas['RunDetailReply']
export type RunSummary = Schemas['RunSummaryView']
export type RunList = Schemas['RunPage']
export type Attempt = Schemas['AttemptReply']
export type LogLine = Schemas['LogLineView']

export type LiveEvent = Schemas['LiveEvent']
export type LiveEventName = LiveEvent['event']
