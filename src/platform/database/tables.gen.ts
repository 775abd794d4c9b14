// Written by scripts/generate-tables.ts from the migrated database. Do not edit.
import type { ColumnType } from 'kysely'

/** What a jsonb column may hold. */
export type JsonValue = string | number | boolean | null | { [key: string]: JsonValue | undefined } | JsonValue[]
/** jsonb is written as its text, because the driver would send a JavaScript array as a PostgreSQL array. */
export type Json = ColumnType<JsonValue, string, string>
export type Numeric = ColumnType<string, string | number, string | number>
export type Instant = ColumnType<Date, Date | string, Date | string>
/** Filled by the database where it is not given. */
export type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
/** Always filled by the database. */
export type GeneratedAlways<T> = T extends ColumnType<infer S, unknown, unknown> ? ColumnType<S, never, never> : ColumnType<T, never, never>

export interface CasesAdvisoryAttendance {
  customer_id: string
  meeting_id: string
  person: string | null
}

export interface CasesAdvisoryGroup {
  id: string
  name: string
  purpose: string
  owner_id: string
  ended_on: string | null
  made_at: Instant
  made_by: string
  version: Generated<number>
}

export interface CasesAdvisoryMeeting {
  id: string
  group_id: string | null
  title: string
  starts_at: Instant
  place: string | null
  link: string | null
  agenda: string | null
  staff_ids: Generated<string[]>
  made_at: Instant
  made_by: string
  version: Generated<number>
}

export interface CasesAdvisoryMember {
  customer_id: string
  id: string
  group_id: string
  person: string | null
  since: string
  until: string | null
  version: Generated<number>
}

export interface CasesApproval {
  customer_id: string
  id: string
  case_id: string
  seq: number
  level: number
  approver_id: string | null
  role: string | null
  amount_minor: number
  asked_at: Instant
  due_at: Instant
  escalated_at: Instant | null
  decided_at: Instant | null
  decided_by: string | null
  decision: string | null
}

export interface CasesArchive {
  customer_id: string
  case_id: string
  ended_at: Instant
  kind: string
  words: string
}

export interface CasesAttachment {
  customer_id: string
  case_id: string
  file_id: string
  seq: number
  name: string
  bytes: number
  added_by: string
  added_at: Instant
}

export interface CasesAudit {
  id: string
  title: string
  scope: string | null
  department_id: string | null
  auditor_id: string
  planned_on: string
  from_day: string
  to_day: string
  sample_size: number
  seed: string | null
  state: string
  drawn_at: Instant | null
  population: Json | null
  left_out: Generated<number>
  summary: string | null
  closed_at: Instant | null
  closed_by: string | null
  commitment_id: string | null
  made_at: Instant
  made_by: string
  version: Generated<number>
}

export interface CasesAuditCase {
  customer_id: string
  audit_id: string
  case_id: string
  place: number
  stratum: string
  answers: Generated<Json>
  told: Generated<Json>
  note: string | null
  looked_at: Instant | null
  version: Generated<number>
}

export interface CasesAuditFinding {
  audit_id: string
  id: string
  grade: string
  item: string | null
  text: string
  owner_id: string | null
  due_day: string | null
  made_at: Instant
  made_by: string
}

export interface CasesAuthority {
  version: number
  lines: Json
  made_at: Instant
  made_by: string
}

export interface CasesCase {
  customer_id: string
  id: string
  number: string
  kind: string
  process_key: string
  process_version: number
  step: string
  state: string
  paused: Generated<boolean>
  subject: string
  channel: string
  language: string | null
  category: string | null
  reason: string | null
  severity: Generated<number>
  priority: Generated<number>
  finding: string | null
  owner_id: string | null
  department_id: string | null
  person_id: string | null
  cause_id: string | null
  problem_id: string | null
  order_id: string | null
  product_code: string | null
  policy_id: string | null
  policy_version: number | null
  tier: string | null
  due_at: Instant | null
  next_at: Instant | null
  rank_at: Instant
  late: Generated<boolean>
  received_at: Instant
  opened_at: Instant
  opened_by: string
  acknowledged_at: Instant | null
  answered_at: Instant | null
  resolved_at: Instant | null
  closed_at: Instant | null
  reopened: Generated<number>
  transfers: Generated<number>
  satisfied: boolean | null
  remedy_minor: Generated<number>
  recovered_minor: Generated<number>
  minutes: Generated<number>
  repeat_of: string | null
  proactive: Generated<boolean>
  version: number
  recurred: Generated<boolean>
  immediate: Generated<boolean>
  found_by: string | null
  assigned_at: Instant | null
  team_id: string | null
}

export interface CasesCause {
  id: string
  parent_id: string | null
  kind: string
  names: Json
  retired: Generated<boolean>
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface CasesContest {
  customer_id: string
  case_id: string
  id: string
  way: string
  body_id: string | null
  opened_on: string
  opened_at: Instant
  judge_id: string | null
  due_at: Instant | null
  rank_at: Instant
  alert_at: Instant | null
  alerted_at: Instant | null
  outcome: string | null
  decided_on: string | null
  redress_minor: Generated<number>
}

export interface CasesDesertion {
  customer_id: string
  id: string
  left_on: string
  rival: string | null
  reason: string | null
  note: string | null
  back_on: string | null
  noted_at: Instant
  noted_by: string
  version: Generated<number>
}

export interface CasesEvent {
  customer_id: string
  case_id: string
  seq: number
  kind: string
  data: Json
  words: Json | null
  at: Instant
  by: string
}

export interface CasesFigure {
  customer_id: string
  case_id: string
  received_on: string
  closed_on: string | null
  kind: string
  state: string
  category: string | null
  reason: string | null
  dissatisfaction: string | null
  cause: string | null
  department_id: string | null
  product_code: string | null
  tier: string | null
  finding: string | null
  problem_id: string | null
  late: boolean
  reopened: number
  repeated: boolean
  satisfied: boolean | null
  minutes: number
  remedy_minor: number
  goodwill_minor: number
  recovered_minor: number
  answer_seconds: number | null
  settle_seconds: number | null
  closing: string | null
  check_on: string | null
  check_days: number | null
  check_asked: number | null
  proactive: Generated<boolean>
  found: string | null
  extra: string | null
  quoted: Generated<boolean>
  accepted: boolean | null
  fulfilled: Generated<boolean>
  claim: string | null
  claim_minor: Generated<number>
  regimes: Generated<string[]>
  missed: Generated<string[]>
}

export interface CasesImprovement {
  customer_id: string
  case_id: string
  text: string
  owner_id: string | null
  due_day: string | null
  commitment_id: string | null
  state: Generated<string>
  done_on: string | null
  effect: string | null
  made_at: Instant
  made_by: string
  version: Generated<number>
}

export interface CasesMail {
  customer_id: string
  id: string
  case_id: string
  direction: string
  mail_id: string
  mailbox_id: string | null
  message_id: string | null
  reference_ids: Generated<string[]>
  from_name: string
  from_address: string
  to_address: string
  subject: string
  body: string
  html: string | null
  files: Generated<Json>
  language: string | null
  automatic: string | null
  at: Instant
  verdicts: Json | null
}

export interface CasesManagementReview {
  id: string
  from_day: string
  to_day: string
  state: string
  participants: Generated<string[]>
  guests: string | null
  prepared_at: Instant
  prepared_by: string
  held_at: Instant | null
  held_by: string | null
  snapshot: Json | null
  version: Generated<number>
}

export interface CasesMessage {
  customer_id: string
  id: string
  case_id: string
  direction: string
  channel: string
  body: string
  at: Instant
  by: string
  automatic: Generated<boolean>
  file_ids: Generated<string[]>
  mail_id: string | null
}

export interface CasesMinutesItem {
  id: string
  meeting_id: string
  text: string
  made_at: Instant
  made_by: string
  version: Generated<number>
}

export interface CasesMinutesVoice {
  customer_id: string
  item_id: string
  case_id: string | null
}

export interface CasesOutsideBody {
  id: string
  names: Json
  about: Json
  url: string | null
  kinds: string[]
  categories: string[]
  regimes: string[]
  deadline_amount: number | null
  deadline_unit: string | null
  binding: string
  retired: Generated<boolean>
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface CasesPenaltyRule {
  version: number
  definition: Json
  made_at: Instant
  made_by: string
}

export interface CasesProblem {
  id: string
  title: string
  description: string | null
  state: string
  cause: string | null
  category: string | null
  reason: string | null
  product_code: string | null
  owner_id: string | null
  alert: Json | null
  alerted_on: string | null
  cured_on: string | null
  checked_days: number | null
  asked_days: number | null
  opened_at: Instant
  opened_by: string
  closed_at: Instant | null
  closed_by: string | null
  note: string | null
  version: Generated<number>
}

export interface CasesProblemAction {
  problem_id: string
  id: string
  text: string
  owner_id: string
  due_day: string
  commitment_id: string | null
  state: string
  done_on: string | null
  made_at: Instant
  made_by: string
  version: Generated<number>
}

export interface CasesProblemCheck {
  problem_id: string
  id: string
  days: number
  verdict: string
  figures: Json
  note: string | null
  made_at: Instant
  made_by: string
}

export interface CasesProcess {
  key: string
  version: number
  kind: string
  definition: Json
  state: string
  made_at: Instant
  made_by: string
  published_at: Instant | null
  edit: Generated<number>
}

export interface CasesProcessAction {
  id: string
  review_id: string | null
  audit_id: string | null
  text: string
  owner_id: string
  due_day: string
  commitment_id: string | null
  state: Generated<string>
  done_on: string | null
  made_at: Instant
  made_by: string
  version: Generated<number>
  dropped_on: string | null
}

export interface CasesPublication {
  id: string
  state: string
  made_at: Instant
  made_by: string
  published_at: Instant | null
  published_by: string | null
  withdrawn_at: Instant | null
  version: Generated<number>
}

export interface CasesPublicationCase {
  customer_id: string
  publication_id: string
  case_id: string
  told_at: Instant | null
}

export interface CasesPublicationText {
  publication_id: string
  language: string
  said: string
  done: string
}

export interface CasesQualitySheet {
  customer_id: string
  id: string
  case_id: string
  agent_id: string
  rights: Json
  courtesy: Json
  argued: boolean
  verdict: string
  seven_r: string
  core: string
  score: number
  note: string | null
  judged_at: Instant
  judged_by: string
}

export interface CasesRemedyOffer {
  id: string
  kind: string
  names: Json
  default_minor: Generated<number>
  most_minor: number | null
  needs_approval: Generated<boolean>
  retired: Generated<boolean>
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface CasesReviewEntry {
  review_id: string
  id: string
  kind: string
  section: string | null
  text: string
  owner_id: string | null
  due_day: string | null
  made_at: Instant
  made_by: string
  version: Generated<number>
}

export interface CasesRoute {
  id: string
  category: string
  reason: string | null
  product_category: string | null
  department_id: string
  person_id: string | null
  deputy_id: string | null
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface CasesSelfAssessment {
  user_id: string
  month: string
  items: Json
  points: Numeric
  note: string | null
  made_at: Instant
  version: Generated<number>
}

export interface CasesSeries {
  last: GeneratedAlways<number>
}

export interface CasesServicePoint {
  id: string
  name: string
  prefix: string
  display: string
  active: Generated<boolean>
  version: Generated<number>
  made_at: Instant
  made_by: string
}

export interface CasesStaffEntry {
  id: string
  user_id: string
  kind: string
  state: string
  case_id: string | null
  case_number: string | null
  role: string | null
  act: string | null
  amount_minor: Generated<number>
  points: Generated<number>
  rule_version: number
  basis: Json | null
  reason: string
  proposed_at: Instant
  proposed_by: string
  decided_at: Instant | null
  decided_by: string | null
  note: string | null
  version: Generated<number>
}

export interface CasesStaffScore {
  customer_id: string
  case_id: string
  agent_id: string
  at: Instant
  attitude: number | null
  knowledge: number | null
  skill: number | null
}

export interface CasesTicket {
  point_id: string
  day: string
  number: number
  id: string
  state: string
  tier: string | null
  rank_at: Instant
  issued_at: Instant
  issued_by: string
  called_at: Instant | null
  called_by: string | null
  counter: string | null
  ended_at: Instant | null
  case_id: string | null
  version: Generated<number>
}

export interface CasesTicketCustomer {
  customer_id: string
  ticket_id: string
}

export interface CommitmentsAccountService {
  customer_id: string
  id: string
  title: string
  detail: string | null
  since: string | null
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface CommitmentsCadence {
  customer_id: string
  minimum: number
  maximum: number
  days: number
  set_at: Instant
  set_by: string
}

export interface CommitmentsCommitment {
  customer_id: string
  id: string
  kind: string
  title: string
  note: string | null
  owner_id: string
  requested_by: string
  due_day: string | null
  due_at: Instant | null
  starts_at: Instant | null
  ends_at: Instant | null
  channel: string | null
  place: string | null
  purpose: string | null
  plan: string | null
  ours: Generated<string[]>
  theirs: Generated<string[]>
  steps: Generated<Json>
  repeat_unit: string | null
  repeat_every: number | null
  repeat_from: string | null
  state: Generated<string>
  outcome: string | null
  closed_at: Instant | null
  closed_by: string | null
  interaction_id: string | null
  origin_module: string | null
  origin_id: string | null
  created_at: Instant
  created_by: string
  version: Generated<number>
  broken_due: Instant | null
}

export interface CommitmentsEvent {
  customer_id: string
  id: string
  commitment_id: string
  version: number
  what: string
  changes: Generated<Json>
  note: string | null
  at: Instant
  by: string
}

export interface CommitmentsFeed {
  user_id: string
  token_hash: Buffer
  made_at: Instant
}

export interface CommitmentsProposal {
  customer_id: string
  id: string
  need_id: string
  product_code: string
  note: string | null
  state: Generated<string>
  made_at: Instant
  made_by: string
  closed_at: Instant | null
  version: Generated<number>
}

export interface CommitmentsSignal {
  customer_id: string
  id: string
  text: string
  source: string | null
  state: Generated<string>
  is_true: boolean | null
  is_important: boolean | null
  judgement: string | null
  reaction: string | null
  commitment_id: string | null
  captured_at: Instant
  captured_by: string
  judged_at: Instant | null
  judged_by: string | null
  reacted_at: Instant | null
  reacted_by: string | null
}

export interface CommitmentsWorksheet {
  customer_id: string
  points: Json
  metric: string | null
  before_value: Numeric | null
  after_value: Numeric | null
  version: number
  changed_at: Instant
  changed_by: string
}

export interface CustomersAlias {
  customer_id: string
  survivor_id: string
  merge_id: string
  made_at: Instant
}

export interface CustomersAttachment {
  customer_id: string
  file_id: string
  interaction_id: string
  name: string
  bytes: number
  added_by: string
  added_at: Instant
}

export interface CustomersBook {
  customer_id: string | null
  revenue_minor: number | null
  profit_minor: number | null
  lifetime_value_minor: number | null
  expected_spend_minor: number | null
  written_in: number | null
  orders: number | null
  first_order_day: string | null
  last_order_day: string | null
  valued_on: string | null
  probability_alive: number | null
  probability_ordering: number | null
  expected_orders: number | null
  tier: number | null
  value_label: number | null
  activity: number | null
  recency_score: number | null
  frequency_score: number | null
  monetary_score: number | null
  segment: number | null
}

export interface CustomersBookFresh {
  customer_id: string
  revenue_minor: Generated<number>
  profit_minor: Generated<number>
  lifetime_value_minor: Generated<number>
  expected_spend_minor: number | null
  written_in: Generated<number>
  orders: Generated<number>
  first_order_day: Generated<string>
  last_order_day: Generated<string>
  valued_on: string | null
  probability_alive: number | null
  probability_ordering: number | null
  expected_orders: number | null
  tier: Generated<number>
  value_label: Generated<number>
  activity: Generated<number>
  recency_score: number | null
  frequency_score: number | null
  monetary_score: number | null
  segment: number | null
}

export interface CustomersBookSettled {
  customer_id: string
  revenue_minor: Generated<number>
  profit_minor: Generated<number>
  lifetime_value_minor: Generated<number>
  expected_spend_minor: number | null
  written_in: Generated<number>
  orders: Generated<number>
  first_order_day: Generated<string>
  last_order_day: Generated<string>
  valued_on: string | null
  probability_alive: number | null
  probability_ordering: number | null
  expected_orders: number | null
  tier: Generated<number>
  value_label: Generated<number>
  activity: Generated<number>
  recency_score: number | null
  frequency_score: number | null
  monetary_score: number | null
  segment: number | null
}

export interface CustomersChange {
  customer_id: string
  id: string
  field: string
  before: Json | null
  after: Json | null
  changed_at: Instant
  changed_by: string
  run_id: string | null
}

export interface CustomersConsent {
  customer_id: string
  id: string
  purpose: string
  channel: string
  given: boolean
  text_version: number | null
  decided_at: Instant
  origin: string
  note: string | null
  recorded_by: string
  recorded_at: Instant
  run_id: string | null
}

export interface CustomersContactPoint {
  customer_id: string
  id: string
  person_id: string | null
  kind: string
  value: string | null
  comparable: string | null
  label: string | null
  preferred: Generated<boolean>
  hours: string | null
  version: Generated<number>
  created_at: Instant
  made_by_run: string | null
}

export interface CustomersCustomer {
  customer_id: string
  kind: Generated<string>
  name: string
  name_key: string
  given_name: string | null
  family_name: string | null
  company: string | null
  email: string | null
  phone: string | null
  gender: string | null
  birthday: string | null
  language: string | null
  address: string | null
  city: string | null
  region: string | null
  country: string | null
  postcode: string | null
  owner_id: string | null
  tags: Generated<string[]>
  note: string | null
  extended: Generated<Json>
  hand_fields: Generated<string[]>
  profiling: Generated<boolean>
  completeness: Generated<number>
  source_id: number | null
  external_key: string | null
  made_by_run: string | null
  changed_by_run: string | null
  created_at: Instant
  created_by: string
  updated_at: Instant
  version: Generated<number>
  role: Generated<string>
  phase: string | null
  erased_at: Instant | null
}

export interface CustomersDuplicate {
  customer_id: string
  other_id: string
  score: number
  reasons: Json
  state: string
  run_id: string
  found_at: Instant
  decided_at: Instant | null
  decided_by: string | null
}

export interface CustomersDuplicateKey {
  customer_id: string
  key: number
}

export interface CustomersDuplicatePair {
  customer_id: string
  other_id: string
}

export interface CustomersErasure {
  customer_id: string
  id: string
  state: string
  reason: string
  hold_reason: string | null
  hold_until: string | null
  requested_by: string
  requested_at: Instant
  confirmed_by: string | null
  confirmed_at: Instant | null
  run_id: string | null
  ended_at: Instant | null
  version: Generated<number>
}

export interface CustomersFollowed {
  run_id: string
  kind: string
  item_id: string
  owner_id: string | null
}

export interface CustomersInteraction {
  customer_id: string
  id: string
  occurred_at: Instant
  channel: string
  direction: string
  stage: string
  summary: string
  minutes: Generated<number>
  cost_minor: number | null
  recorded_by: string
  recorded_at: Instant
  opinion: string | null
  next_step: string | null
  next_step_on: string | null
  version: Generated<number>
  withdrawn_at: Instant | null
}

export interface CustomersInteractionBefore {
  customer_id: string
  interaction_id: string
  version: number
  content: Json
  changed_at: Instant
  changed_by: string
}

export interface CustomersKeyPerson {
  customer_id: string
  id: string
  name: string
  role: string | null
  email: string | null
  phone: string | null
  birthday: string | null
  note: string | null
  created_at: Instant
  decides: string | null
  version: Generated<number>
  made_by_run: string | null
}

export interface CustomersMention {
  customer_id: string
  interaction_id: string
  user_id: string
  mentioned_at: Instant
}

export interface CustomersMerge {
  customer_id: string
  id: string
  merged_id: string
  merged_name: string
  choices: Json
  changes: Json
  content: Json
  made_at: Instant
  made_by: string
  undone_at: Instant | null
  undone_by: string | null
}

export interface CustomersNeed {
  id: string
  text: string
  key: string
  category: string | null
  state: Generated<string>
  merged_into: string | null
  version: Generated<number>
  created_at: Instant
  created_by: string
}

export interface CustomersNeedNote {
  customer_id: string
  need_id: string
  interaction_id: string
  noted_at: Instant
  noted_by: string
}

export interface CustomersNeedProduct {
  need_id: string
  product_code: string
  linked_by: string
  linked_at: Instant
}

export interface CustomersOwnValue {
  customer_id: string
  field_id: string
  place: Generated<number>
  word: string | null
  number: number | null
  passage: string | null
}

export interface CustomersReferral {
  referrer_id: string | null
  referred_id: string | null
}

export interface CustomersRelation {
  customer_id: string
  id: string
  kind: string
  side: string
  other_id: string
  note: string | null
  created_at: Instant
  created_by: string
}

export interface CustomersRemoval {
  id: string
  removed_in: number
  removed_at: Instant
}

export interface CustomersSavedView {
  id: string
  user_id: string
  name: string
  definition: Json
  created_at: Instant
  shared: Generated<boolean>
  version: Generated<number>
  list: Generated<string>
}

export interface CustomersSearchKey {
  customer_id: string
  key: string
  name_key: string
}

export interface CustomersSegment {
  id: string
  user_id: string
  name: string
  definition: Json
  shared: Generated<boolean>
  version: Generated<number>
  created_at: Instant
  updated_at: Instant
}

export interface CustomersSource {
  id: number
  name: string
}

export interface CustomersSourceRecord {
  customer_id: string
  source_id: number
  external_key: string
  fields: Generated<Json>
  run_id: string | null
  seen_at: Instant
}

export interface CustomersSourceRecordBefore {
  customer_id: string
  run_id: string
  source_id: number
  external_key: string
  before: Json | null
}

export interface CustomersStrategy {
  version: number
  content: Json
  complete: boolean
  saved_at: Instant
  saved_by: string
  segment_ids: Generated<string[]>
  approved_at: Instant | null
  approved_by: string | null
}

export interface CustomersTouch {
  occurred_at: Instant | null
  stage: string | null
}

export interface CustomersTouchTemplate {
  id: string
  owner_id: string | null
  name: string
  content: Json
  created_at: Instant
  version: Generated<number>
}

export interface CustomersUsedCompetitor {
  customer_id: string
  id: string
  name: string
  share_percent: number | null
  note: string | null
  created_at: Instant
  version: Generated<number>
  made_by_run: string | null
}

export interface KnowledgeArticle {
  id: string
  key: string | null
  kind: string
  category: string | null
  tags: Generated<string[]>
  owner_role: string | null
  needs_acknowledgement: Generated<boolean>
  revision: number
  published_revision: number | null
  published_at: Instant | null
  published_by: string | null
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface KnowledgeArticleKey {
  key: string
  article_id: string
  in_title: boolean
}

export interface KnowledgeArticleReading {
  article_id: string
  revision: number
  user_id: string
  read_at: Instant
  acknowledged_at: Instant | null
}

export interface KnowledgeArticleRevision {
  article_id: string
  revision: number
  content: Json
  note: string | null
  made_at: Instant
  made_by: string
}

export interface KnowledgeBulletin {
  id: string
  kind: string
  title: Json
  body: Json
  tags: Generated<string[]>
  origin_module: string | null
  origin_id: string | null
  published_at: Instant
  published_by: string
  withdrawn_at: Instant | null
  withdrawn_by: string | null
  version: Generated<number>
}

export interface KnowledgeBulletinReading {
  user_id: string
  bulletin_id: string
  read_at: Instant
}

export interface KnowledgeCourse {
  id: string
  name: Json
  about: Json
  skills: string[]
  article_id: string | null
  technique_id: string | null
  link: string | null
  active: Generated<boolean>
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface KnowledgeCourseCompletion {
  user_id: string
  course_id: string
  completed_at: Instant
  noted_by: string
  note: string | null
}

export interface KnowledgeInspection {
  id: string
  article_id: string
  revision: number
  place: string | null
  scores: Json
  result: Numeric | null
  note: string | null
  done_at: Instant
  done_by: string
}

export interface KnowledgePractice {
  id: string
  technique_id: string
  user_id: string
  situation: string
  notes: Json
  practised_at: Instant
  score: number | null
  feedback: string | null
  judged_at: Instant | null
  judged_by: string | null
}

export interface KnowledgeRecognition {
  id: string
  user_id: string
  text: string
  given_at: Instant
  given_by: string
}

export interface KnowledgeShipped {
  key: string
}

export interface KnowledgeTechnique {
  id: string
  key: string | null
  name: Json
  body: Json
  points: Json
  rules: Json
  minimum_experience: number | null
  is_default: Generated<boolean>
  active: Generated<boolean>
  position: number
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface KnowledgeTechniqueUse {
  id: string
  technique_id: string
  module: string | null
  origin_id: string | null
  used_by: string
  used_at: Instant
  succeeded: boolean | null
  judged_at: Instant | null
  judged_by: string | null
}

export interface KnowledgeTemplate {
  id: string
  key: string | null
  kind: string
  name: Json
  active: Generated<boolean>
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface KnowledgeTemplateVersion {
  template_id: string
  version: number
  texts: Json
  made_at: Instant
  made_by: string
}

export interface OrdersAnonymousBefore {
  run_id: string
  id: string
  before: Json
}

export interface OrdersAnonymousMonth {
  month: string
  sales: number
  lines: number
  revenue_minor: number
  discount_minor: number
  refund_minor: number
}

export interface OrdersAnonymousSale {
  id: string
  source_id: number
  number: string | null
  day: string
  currency: string | null
  rate: Numeric | null
  line_count: number
  lines: string
  revenue_minor: number
  discount_minor: number
  refund_minor: number
  fingerprint: number
  made_by_run: string | null
  changed_by_run: string | null
  updated_at: Instant
}

export interface OrdersCampaignPurchase {
  customer_id: string | null
  day: string | null
  campaign: string | null
}

export interface OrdersCatalogueBefore {
  run_id: string
  kind: string
  key: string
  before: Json | null
}

export interface OrdersCategory {
  name: string
  margin_percent: Numeric | null
  run_id: string | null
  updated_at: Instant
}

export interface OrdersCorrection {
  customer_id: string
  order_id: string
  id: string
  dispute_id: string | null
  before_minor: number
  after_minor: number
  before_lines: string
  after_lines: string
  corrected_at: Instant
  corrected_by: string
}

export interface OrdersDayList {
  customer_id: string
  days: Buffer
}

export interface OrdersDayRate {
  currency: string
  day: string
  rate: Numeric
  run_id: string | null
  updated_at: Instant
}

export interface OrdersDelivery {
  customer_id: string
  order_id: string
  id: string
  day: string
  more_follows: Generated<boolean>
  quantity: Numeric | null
  grade: string | null
  specification: string | null
  delivery_place: string | null
  settlement: string | null
  trade_terms: string | null
  lines: Generated<Json>
  noted_at: Instant
  noted_by: string | null
}

export interface OrdersDispute {
  customer_id: string
  order_id: string
  id: string
  reason: string
  note: string | null
  opened_at: Instant
  opened_by: string
  outcome: string | null
  settlement_note: string | null
  settled_at: Instant | null
  settled_by: string | null
  version: Generated<number>
}

export interface OrdersFreightEvent {
  customer_id: string
  order_id: string
  id: string
  kind: string
  day: string
  line: number | null
  quantity: Numeric | null
  note: string | null
  noted_at: Instant
  noted_by: string
}

export interface OrdersIntake {
  id: string
  name: string
  source: string
  form: string
  signature: string
  token_hash: Buffer
  token: Buffer
  secret: Buffer
  version: number
  created_by: string
  created_at: Instant
  disabled_at: Instant | null
}

export interface OrdersIntakeDelivery {
  id: string
  intake_id: string
  key: string
  sender_id: string | null
  received_at: Instant
  bytes: number
  body: Buffer | null
  state: string
  attempts: number
  due_at: Instant
  attempted_at: Instant | null
  brought: number
  problems: Json
}

export interface OrdersIntakeOrder {
  intake_id: string
  number: string
  state_at: Instant
}

export interface OrdersProduct {
  code: string
  name: string | null
  category: string | null
  unit_cost: Numeric | null
  run_id: string | null
  updated_at: Instant
}

export interface OrdersPurchase {
  customer_id: string
  id: string
  source_id: number
  number: string | null
  day: string
  placed_at: Instant | null
  cancelled: Generated<boolean>
  counted: boolean
  refund_of: string | null
  currency: string | null
  rate: Numeric | null
  lines: string
  revenue_minor: number
  discount_minor: Generated<number>
  refund_minor: number
  discounted_minor: Generated<number>
  cost_minor: Generated<number>
  cost_unknown_minor: number
  channel: string | null
  campaign: string | null
  by_hand: Generated<boolean>
  fingerprint: number
  made_by_run: string | null
  changed_by_run: string | null
  updated_at: Generated<Instant>
  version: Generated<number>
}

export interface OrdersPurchaseBefore {
  customer_id: string
  run_id: string
  id: string
  before: Json
}

export interface OrdersSourceVersion {
  customer_id: string
  id: string
  run_id: string
  content: Json
  seen_at: Instant
}

export interface OrdersTerm {
  customer_id: string
  order_id: string
  quantity: Numeric | null
  grade: string | null
  specification: string | null
  promised_day: string | null
  delivery_place: string | null
  settlement: string | null
  trade_terms: string | null
  payment: string | null
  lines: Generated<Json>
  delivered_day: string | null
  late_told: Generated<boolean>
  by_hand: Generated<boolean>
  noted: Generated<boolean>
  fingerprint: Generated<number>
  made_by_run: string | null
  changed_by_run: string | null
  updated_at: Instant
  version: Generated<number>
}

export interface OrdersTermBefore {
  customer_id: string
  run_id: string
  order_id: string
  before: Json
}

export interface OrganizationAbsence {
  id: string
  user_id: string
  from_day: string
  until_day: string
  deputy_id: string | null
  version: Generated<number>
  made_at: Instant
  made_by: string
}

export interface OrganizationCalendar {
  id: string
  name: string
  standard: Generated<boolean>
  hours: Json
  version: Generated<number>
  changed_at: Instant
}

export interface OrganizationDepartment {
  id: string
  name: string
  parent_id: string | null
  head_id: string | null
  version: Generated<number>
  changed_at: Instant
  calendar_id: string | null
}

export interface OrganizationDepartmentDeputy {
  department_id: string
  user_id: string
}

export interface OrganizationFirstAdministratorToken {
  token_hash: Buffer
  made_at: Instant
}

export interface OrganizationInvitation {
  id: string
  email: string
  roles: string[]
  token_hash: Buffer | null
  invited_by: string
  invited_at: Instant
  sent_at: Instant | null
  expires_at: Instant
  accepted_at: Instant | null
  revoked_at: Instant | null
}

export interface OrganizationKnownPermission {
  permission: string
}

export interface OrganizationNotification {
  user_id: string
  id: string
  kind: string
  values: Json
  link: string | null
  created_at: Instant
  read_at: Instant | null
  mail_due: Instant | null
}

export interface OrganizationNotificationChoice {
  user_id: string
  choices: Json
}

export interface OrganizationRole {
  name: string
  built_in: boolean
  names: Json | null
}

export interface OrganizationRolePermission {
  role: string
  permission: string
  scope: Generated<string>
}

export interface OrganizationSetting {
  key: string
  value: Json
  version: number
  changed_at: Instant
  changed_by: string
}

export interface OrganizationSettingChange {
  id: string
  key: string
  before: Json | null
  after: Json
  changed_at: Instant
  changed_by: string
}

export interface OrganizationSettingSecret {
  key: string
  sealed: Buffer
  changed_at: Instant
  changed_by: string
}

export interface OrganizationStaff {
  user_id: string
  title: string | null
  value_role: string | null
  experience: number | null
  skills: Generated<Json>
  traits: Generated<Json>
  version: Generated<number>
  changed_at: Instant
  languages: Generated<string[]>
  fields: Generated<string[]>
}

export interface OrganizationTeam {
  id: string
  department_id: string
  name: string
  version: Generated<number>
  changed_at: Instant
}

export interface OrganizationTeamMember {
  team_id: string
  user_id: string
}

export interface OrganizationUserPreference {
  user_id: string
  language: string
  theme: string
}

export interface OrganizationUserRole {
  user_id: string
  role: string
}

export interface PlatformAccount {
  id: string
  user_id: string
  account_id: string
  provider_id: string
  password: string | null
  access_token: string | null
  refresh_token: string | null
  id_token: string | null
  access_token_expires_at: Instant | null
  refresh_token_expires_at: Instant | null
  scope: string | null
  created_at: Instant
  updated_at: Instant
}

export interface PlatformApiKey {
  id: string
  owner_id: string
  name: string
  for_service: boolean
  key_hash: Buffer
  beginning: string
  permissions: string[]
  created_at: Instant
  expires_at: Instant | null
  used_at: Instant | null
  revoked_at: Instant | null
}

export interface PlatformBackup {
  id: string
  made_at: Instant
  finished_at: Instant | null
  occasion: string
  path: string
  bytes: number | null
  sha256: Buffer | null
  schema_version: number
  encrypted: boolean
  verified_at: Instant | null
  problem: string | null
  removed_at: Instant | null
}

export interface PlatformErasureLog {
  id: GeneratedAlways<number>
  customer_id: string
  erased_at: Instant
  content: Json
  previous_hash: string
  hash: string
}

export interface PlatformFact {
  id: GeneratedAlways<number>
  occurred_at: Instant
  name: string
  customer_id: string | null
  actor: string
  payload: Json
  personal: Json | null
  personal_salt: Buffer | null
  personal_hash: Buffer | null
  block: number | null
}

export interface PlatformFile {
  id: string
  name: string
  media_type: string
  bytes: number
  sha256: Buffer | null
  complete: Generated<boolean>
  created_by: string
  created_at: Instant
}

export interface PlatformFileChunk {
  file_id: string
  number: number
  content: Buffer
}

export interface PlatformIdempotency {
  actor: string
  key: string
  endpoint: string
  input_hash: Buffer
  outcome: Json | null
  created_at: Instant
}

export interface PlatformImportMapping {
  kind: string
  name: string
  definition: Json
  saved_by: string
  saved_at: Instant
  version: Generated<number>
}

export interface PlatformImportPlan {
  id: string
  name: string
  importer: string
  mapping: string
  source: Json
  secret: Buffer | null
  schedule: Json
  afterwards: string
  tell: string[]
  version: number
  changed_by: string
  changed_at: Instant
  paused_at: Instant | null
  due_at: Instant
  asked_at: Instant | null
  looked_at: Instant | null
  failures: number
  problem: string | null
}

export interface PlatformImportPlanEvent {
  id: string
  plan_id: string
  at: Instant
  outcome: string
  file_name: string | null
  bytes: number | null
  modified_at: Instant | null
  sha256: Buffer | null
  problem: string | null
  run_id: string | null
  filed_at: Instant | null
  filed_as: string | null
}

export interface PlatformImportPlanFile {
  plan_id: string
  name: string
  bytes: number
  modified_at: Instant
  seen_at: Instant
  settled: boolean
}

export interface PlatformMailIn {
  id: string
  mailbox_id: string
  uid_validity: number
  uid: number
  message_hash: Buffer
  message_id: string | null
  in_reply_to: string | null
  reference_ids: string[]
  from_name: string
  from_address: string | null
  reply_to: string | null
  recipients: Json
  subject: string
  body: string
  html: string | null
  attachments: Json
  automatic: string | null
  verdicts: Json | null
  cut: string | null
  bytes: number
  sent_at: Instant | null
  received_at: Instant
  taken_in_at: Instant
  thread_id: string | null
  thread_by: string | null
  thread_forged: boolean
  bounce_of: string | null
  state: string
  reason: string | null
  attempts: Generated<number>
  due_at: Instant | null
  problem: string | null
  taken_by: string | null
  settled_at: Instant | null
  filed_at: Instant | null
  forgotten_at: Instant | null
}

export interface PlatformMailOut {
  id: string
  mailbox_id: string | null
  module: string
  message_id: string
  in_reply_to: string | null
  reference_ids: string[]
  thread_id: string | null
  to_name: string
  to_address: string
  copies: Json
  subject: string
  body: string
  html: string | null
  attachments: Json
  language: string
  automatic: string | null
  state: string
  attempts: Generated<number>
  due_at: Instant | null
  problem: string | null
  problem_detail: string | null
  created_at: Instant
  created_by: string
  sent_at: Instant | null
  settled_at: Instant | null
  forgotten_at: Instant | null
  sealed_link: Buffer | null
}

export interface PlatformMailbox {
  id: string
  name: string
  address: string
  host: string
  port: number
  security: string
  username: string
  secret: Buffer
  own_network: boolean
  folder: string
  after_taking: string
  move_to: string | null
  from_start: boolean
  from_name: string
  signatures: Json
  plus_addresses: boolean
  auth_server: string | null
  limit_megabytes: number
  kept_days: number
  version: number
  created_by: string
  created_at: Instant
  disabled_at: Instant | null
  uid_validity: number | null
  last_uid: Generated<number>
  looked_at: Instant | null
  problem: string | null
  problem_detail: string | null
  failing_since: Instant | null
  failures: Generated<number>
  told_at: Instant | null
  paused_until: Instant | null
  leased_by: string | null
  leased_until: Instant | null
  hourly_limit: Generated<number>
}

export interface PlatformMigration {
  number: number
  name: string
  checksum: string
  applied_at: Instant
}

export interface PlatformPersonalRead {
  id: GeneratedAlways<number>
  occurred_at: Instant
  hour: number
  name: string
  customer_id: string | null
  actor: string
  payload: Json
  personal: Json | null
  personal_salt: Buffer | null
  personal_hash: Buffer | null
  block: number | null
}

export interface PlatformPrivateLink {
  id: string
  token_hash: Buffer
  module: string
  purpose: string
  thing_id: string
  customer_id: string | null
  created_at: Instant
  expires_at: Instant
  revoked_at: Instant | null
  uses: Generated<number>
  used_at: Instant | null
  narrow: Generated<boolean>
}

export interface PlatformRecoveryCode {
  user_id: string
  code_hash: Buffer
  used_at: Instant | null
}

export interface PlatformRun {
  id: string
  kind: string
  run_group: string
  state: string
  input: Json
  position: Json | null
  progress: Json | null
  result: Json | null
  problem: string | null
  requested_by: string
  requested_at: Instant
  started_at: Instant | null
  finished_at: Instant | null
  leased_by: string | null
  leased_until: Instant | null
  cancel_requested: Generated<boolean>
  undo_of: string | null
}

export interface PlatformSecondFactor {
  user_id: string
  secret: Buffer
  made_at: Instant
  confirmed_at: Instant | null
  last_step: number | null
}

export interface PlatformSession {
  id: string
  user_id: string
  token: string
  expires_at: Instant
  ip_address: string | null
  user_agent: string | null
  created_at: Instant
  updated_at: Instant
  awaits_second_factor: Generated<boolean>
  used_at: Instant | null
}

export interface PlatformSignInAttempt {
  key: Buffer
  attempts: number
  counted_since: Instant
}

export interface PlatformStreamEpoch {
  number: number
  epoch: string
}

export interface PlatformStreamEvent {
  seq: GeneratedAlways<number>
  xid: Generated<string>
  topic: string
  kind: string
  payload: Generated<Json>
  at: Instant
}

export interface PlatformTrailBlock {
  trail: string
  number: number
  row_count: number
  sealed_at: Instant
  previous: Buffer
  hash: Buffer
  dropped_at: Instant | null
}

export interface PlatformUser {
  id: string
  name: string
  email: string
  email_verified: boolean
  image: string | null
  created_at: Instant
  updated_at: Instant
  disabled_at: Instant | null
  initial_password: Generated<boolean>
}

export interface PlatformVerification {
  id: string
  identifier: string
  value: string
  expires_at: Instant
  created_at: Instant
  updated_at: Instant
}

export interface PlatformWebhook {
  id: string
  name: string
  url: string
  facts: string[]
  secret: Buffer
  own_network: boolean
  version: number
  created_by: string
  created_at: Instant
  disabled_at: Instant | null
  disabled_because: string | null
  failing_since: Instant | null
  paused_until: Instant | null
}

export interface PlatformWebhookDelivery {
  id: string
  webhook_id: string
  fact: string
  occurred_at: Instant
  body: Json
  state: string
  attempts: number
  due_at: Instant
  attempted_at: Instant | null
  status: number | null
  problem: string | null
}

export interface ValueAssessment {
  customer_id: string
  as_of: string
  run_id: string
  tier: string
  tier_reason: string
  value_label: string
  recency_score: number | null
  frequency_score: number | null
  monetary_score: number | null
  profit_minor: number
  lifetime_value_minor: number
  expected_spend_minor: number
  expected_orders: number
  probability_alive: number | null
  probability_ordering: number | null
}

export interface ValueGrowthPlan {
  customer_id: string
  target_minor: number
  by_day: string | null
  plan: string
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface ValueLatestValuation {
  run_id: string | null
  as_of: string | null
  finished_at: Instant | null
  customers: number | null
  overview: Json | null
  keeping: Json | null
}

export interface ValueObservation {
  customer_id: string
  id: string
  noticed: string
  hypothesis: string | null
  state: Generated<string>
  noticed_at: Instant
  noticed_by: string
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface ValueProductAffinity {
  product: string
  customers: number
  neighbours: Json
}

export interface ValueRecheck {
  customer_id: string
  requested_at: Instant
}

export interface ValueService {
  id: string
  layer: string
  extra_type: string | null
  name: string
  description: string | null
  expected: boolean
  cost_minor: number
  target_minutes: number | null
  removed_at: Instant | null
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface ValueServiceCost {
  customer_id: string
  cause: string
  cause_id: string
  day: string
  amount_minor: number
}

export interface ValueServiceFeature {
  id: string
  name: string
  note: string | null
  ours: boolean
  matched_by: Generated<string[]>
  version: Generated<number>
  changed_at: Instant
  changed_by: string
}

export interface ValueServiceGiven {
  customer_id: string
  id: string
  service_id: string | null
  observation_id: string | null
  layer: string
  extra_type: string | null
  expected: boolean
  what: string
  given_on: string
  cost_minor: number
  score_before: number | null
  score_after: number | null
  reaction: string | null
  version: Generated<number>
  given_by: string
  changed_at: Instant
  changed_by: string
}

export interface ValueServicePolicy {
  id: string
  version: number
  kind: string
  tier: string | null
  segment_id: string | null
  name: string | null
  mix: Json
  acknowledge_minutes: number | null
  first_response_minutes: number | null
  next_response_minutes: number | null
  step_minutes: number | null
  resolve_minutes: number | null
  department_id: string | null
  served_by_department_id: string | null
  served_by_team_id: string | null
  channels: string[]
  account_manager: boolean
  cadence: string | null
  benefits: string[] | null
  yearly_cost_minor: number
  yearly_minutes: number
  satisfaction_gain: number
  priority: number
  saved_at: Instant
  saved_by: string
  superseded_at: Instant | null
}

export interface ValueSpend {
  id: string
  campaign: string | null
  segment: string | null
  purpose: string
  first_day: string
  last_day: string
  amount_minor: number
  source: string
  made_by_run: string | null
  created_at: Instant
  created_by: string
  updated_at: Instant
  version: Generated<number>
}

export interface ValueSpendBefore {
  run_id: string
  id: string
  before: Json
}

export interface ValueSpendPeriod {
  purpose: string | null
  first_day: string | null
  last_day: string | null
  amount_minor: number | null
}

export interface ValueStrategicCustomer {
  customer_id: string
  reason: string
  note: string | null
  set_at: Instant
  set_by: string
}

export interface ValueTierOverride {
  customer_id: string
  tier: string
  reason: string
  last_day: string | null
  set_at: Instant
  set_by: string
}

export interface ValueTreatment {
  customer_id: string
  id: string
  outcome: string
  terms: Json
  exemption_reason: string | null
  note: string | null
  profit_minor: number
  projected_minor: number
  state: Generated<string>
  proposed_at: Instant
  proposed_by: string
  decided_at: Instant | null
  decided_by: string | null
  decision_note: string | null
  version: Generated<number>
}

export interface ValueValuation {
  run_id: string
  as_of: string
  finished_at: Instant
  customers: number
  settings: Json
  models: Json
  summary: Json
}

export interface DB {
  'cases.advisory_attendance': CasesAdvisoryAttendance
  'cases.advisory_group': CasesAdvisoryGroup
  'cases.advisory_meeting': CasesAdvisoryMeeting
  'cases.advisory_member': CasesAdvisoryMember
  'cases.approval': CasesApproval
  'cases.archive': CasesArchive
  'cases.attachment': CasesAttachment
  'cases.audit': CasesAudit
  'cases.audit_case': CasesAuditCase
  'cases.audit_finding': CasesAuditFinding
  'cases.authority': CasesAuthority
  'cases.case': CasesCase
  'cases.cause': CasesCause
  'cases.contest': CasesContest
  'cases.desertion': CasesDesertion
  'cases.event': CasesEvent
  'cases.figure': CasesFigure
  'cases.improvement': CasesImprovement
  'cases.mail': CasesMail
  'cases.management_review': CasesManagementReview
  'cases.message': CasesMessage
  'cases.minutes_item': CasesMinutesItem
  'cases.minutes_voice': CasesMinutesVoice
  'cases.outside_body': CasesOutsideBody
  'cases.penalty_rule': CasesPenaltyRule
  'cases.problem': CasesProblem
  'cases.problem_action': CasesProblemAction
  'cases.problem_check': CasesProblemCheck
  'cases.process': CasesProcess
  'cases.process_action': CasesProcessAction
  'cases.publication': CasesPublication
  'cases.publication_case': CasesPublicationCase
  'cases.publication_text': CasesPublicationText
  'cases.quality_sheet': CasesQualitySheet
  'cases.remedy_offer': CasesRemedyOffer
  'cases.review_entry': CasesReviewEntry
  'cases.route': CasesRoute
  'cases.self_assessment': CasesSelfAssessment
  'cases.series': CasesSeries
  'cases.service_point': CasesServicePoint
  'cases.staff_entry': CasesStaffEntry
  'cases.staff_score': CasesStaffScore
  'cases.ticket': CasesTicket
  'cases.ticket_customer': CasesTicketCustomer
  'commitments.account_service': CommitmentsAccountService
  'commitments.cadence': CommitmentsCadence
  'commitments.commitment': CommitmentsCommitment
  'commitments.event': CommitmentsEvent
  'commitments.feed': CommitmentsFeed
  'commitments.proposal': CommitmentsProposal
  'commitments.signal': CommitmentsSignal
  'commitments.worksheet': CommitmentsWorksheet
  'customers.alias': CustomersAlias
  'customers.attachment': CustomersAttachment
  'customers.book': CustomersBook
  'customers.book_fresh': CustomersBookFresh
  'customers.book_settled': CustomersBookSettled
  'customers.change': CustomersChange
  'customers.consent': CustomersConsent
  'customers.contact_point': CustomersContactPoint
  'customers.customer': CustomersCustomer
  'customers.duplicate': CustomersDuplicate
  'customers.duplicate_key': CustomersDuplicateKey
  'customers.duplicate_pair': CustomersDuplicatePair
  'customers.erasure': CustomersErasure
  'customers.followed': CustomersFollowed
  'customers.interaction': CustomersInteraction
  'customers.interaction_before': CustomersInteractionBefore
  'customers.key_person': CustomersKeyPerson
  'customers.mention': CustomersMention
  'customers.merge': CustomersMerge
  'customers.need': CustomersNeed
  'customers.need_note': CustomersNeedNote
  'customers.need_product': CustomersNeedProduct
  'customers.own_value': CustomersOwnValue
  'customers.referral': CustomersReferral
  'customers.relation': CustomersRelation
  'customers.removal': CustomersRemoval
  'customers.saved_view': CustomersSavedView
  'customers.search_key': CustomersSearchKey
  'customers.segment': CustomersSegment
  'customers.source': CustomersSource
  'customers.source_record': CustomersSourceRecord
  'customers.source_record_before': CustomersSourceRecordBefore
  'customers.strategy': CustomersStrategy
  'customers.touch': CustomersTouch
  'customers.touch_template': CustomersTouchTemplate
  'customers.used_competitor': CustomersUsedCompetitor
  'knowledge.article': KnowledgeArticle
  'knowledge.article_key': KnowledgeArticleKey
  'knowledge.article_reading': KnowledgeArticleReading
  'knowledge.article_revision': KnowledgeArticleRevision
  'knowledge.bulletin': KnowledgeBulletin
  'knowledge.bulletin_reading': KnowledgeBulletinReading
  'knowledge.course': KnowledgeCourse
  'knowledge.course_completion': KnowledgeCourseCompletion
  'knowledge.inspection': KnowledgeInspection
  'knowledge.practice': KnowledgePractice
  'knowledge.recognition': KnowledgeRecognition
  'knowledge.shipped': KnowledgeShipped
  'knowledge.technique': KnowledgeTechnique
  'knowledge.technique_use': KnowledgeTechniqueUse
  'knowledge.template': KnowledgeTemplate
  'knowledge.template_version': KnowledgeTemplateVersion
  'orders.anonymous_before': OrdersAnonymousBefore
  'orders.anonymous_month': OrdersAnonymousMonth
  'orders.anonymous_sale': OrdersAnonymousSale
  'orders.campaign_purchase': OrdersCampaignPurchase
  'orders.catalogue_before': OrdersCatalogueBefore
  'orders.category': OrdersCategory
  'orders.correction': OrdersCorrection
  'orders.day_list': OrdersDayList
  'orders.day_rate': OrdersDayRate
  'orders.delivery': OrdersDelivery
  'orders.dispute': OrdersDispute
  'orders.freight_event': OrdersFreightEvent
  'orders.intake': OrdersIntake
  'orders.intake_delivery': OrdersIntakeDelivery
  'orders.intake_order': OrdersIntakeOrder
  'orders.product': OrdersProduct
  'orders.purchase': OrdersPurchase
  'orders.purchase_before': OrdersPurchaseBefore
  'orders.source_version': OrdersSourceVersion
  'orders.term': OrdersTerm
  'orders.term_before': OrdersTermBefore
  'organization.absence': OrganizationAbsence
  'organization.calendar': OrganizationCalendar
  'organization.department': OrganizationDepartment
  'organization.department_deputy': OrganizationDepartmentDeputy
  'organization.first_administrator_token': OrganizationFirstAdministratorToken
  'organization.invitation': OrganizationInvitation
  'organization.known_permission': OrganizationKnownPermission
  'organization.notification': OrganizationNotification
  'organization.notification_choice': OrganizationNotificationChoice
  'organization.role': OrganizationRole
  'organization.role_permission': OrganizationRolePermission
  'organization.setting': OrganizationSetting
  'organization.setting_change': OrganizationSettingChange
  'organization.setting_secret': OrganizationSettingSecret
  'organization.staff': OrganizationStaff
  'organization.team': OrganizationTeam
  'organization.team_member': OrganizationTeamMember
  'organization.user_preference': OrganizationUserPreference
  'organization.user_role': OrganizationUserRole
  'platform.account': PlatformAccount
  'platform.api_key': PlatformApiKey
  'platform.backup': PlatformBackup
  'platform.erasure_log': PlatformErasureLog
  'platform.fact': PlatformFact
  'platform.file': PlatformFile
  'platform.file_chunk': PlatformFileChunk
  'platform.idempotency': PlatformIdempotency
  'platform.import_mapping': PlatformImportMapping
  'platform.import_plan': PlatformImportPlan
  'platform.import_plan_event': PlatformImportPlanEvent
  'platform.import_plan_file': PlatformImportPlanFile
  'platform.mail_in': PlatformMailIn
  'platform.mail_out': PlatformMailOut
  'platform.mailbox': PlatformMailbox
  'platform.migration': PlatformMigration
  'platform.personal_read': PlatformPersonalRead
  'platform.private_link': PlatformPrivateLink
  'platform.recovery_code': PlatformRecoveryCode
  'platform.run': PlatformRun
  'platform.second_factor': PlatformSecondFactor
  'platform.session': PlatformSession
  'platform.sign_in_attempt': PlatformSignInAttempt
  'platform.stream_epoch': PlatformStreamEpoch
  'platform.stream_event': PlatformStreamEvent
  'platform.trail_block': PlatformTrailBlock
  'platform.user': PlatformUser
  'platform.verification': PlatformVerification
  'platform.webhook': PlatformWebhook
  'platform.webhook_delivery': PlatformWebhookDelivery
  'value.assessment': ValueAssessment
  'value.growth_plan': ValueGrowthPlan
  'value.latest_valuation': ValueLatestValuation
  'value.observation': ValueObservation
  'value.product_affinity': ValueProductAffinity
  'value.recheck': ValueRecheck
  'value.service': ValueService
  'value.service_cost': ValueServiceCost
  'value.service_feature': ValueServiceFeature
  'value.service_given': ValueServiceGiven
  'value.service_policy': ValueServicePolicy
  'value.spend': ValueSpend
  'value.spend_before': ValueSpendBefore
  'value.spend_period': ValueSpendPeriod
  'value.strategic_customer': ValueStrategicCustomer
  'value.tier_override': ValueTierOverride
  'value.treatment': ValueTreatment
  'value.valuation': ValueValuation
}
