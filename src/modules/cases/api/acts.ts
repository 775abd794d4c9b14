import { z } from 'zod'
import { endpoint, instant, thingIn } from '#platform/contract.ts'
import { checklistItems, checklistStates } from '../domain/checklist.ts'
import { kinds } from '../domain/taxonomy.ts'
import { id, maybe, person, record, said, version, words } from './said.ts'
import { Acted } from './shapes.ts'

const write = { permission: 'cases.write' }
const approve = { permission: 'cases.approve' }

/** One act of a case: of whoever saw the given version. */
const act = <S extends Readonly<Record<string, z.ZodType>>>(
  resource: string,
  summary: string,
  shape: S,
  rights: { readonly permission: string } = write,
) =>
  endpoint(`POST /cases/:caseId/${resource}`, {
    ...rights,
    about: thingIn('cases.case', 'caseId'),
    summary,
    input: z.object({ caseId: id, version, ...shape }),
    result: Acted,
  })

const { bulletinId: _, ...lesson } = said['lesson-written']
const Bulletin = z.object(said.bulletin)

/** What can happen to a case by hand: each is a resource that is added to it. */
export const actEndpoints = {
  changeRecord: endpoint('PATCH /cases/:caseId', {
    ...write,
    about: thingIn('cases.case', 'caseId'),
    summary: 'Corrects what the record says',
    input: z.object({ caseId: id, version, changes: z.object(record).partial() }),
    result: Acted,
  }),
  acknowledge: act(
    'acknowledgement',
    'Says that the customer was told that their case is looked at, and by when they hear more',
    said.acknowledged,
  ),
  helpFirst: act('interim-remedies', 'Notes what was done at once, before anybody asks whose fault it was', said['interim-remedy']),
  judge: act(
    'judgement',
    'Says whether it is ours to handle, whether the reason suffices and the demand is reasonable, and what was found',
    said.judged,
  ),
  readAgain: act('second-reading', 'A second reader agrees that it is turned down, or has it judged again', said['read-again']),
  reply: act('reply', 'Notes the answer to a customer whose complaint is not established', said.replied),
  route: act('routing', 'Gives it to a responsible department and person', said.routed),
  accept: act('acceptance', 'The department accepts that it is theirs', said.accepted),
  handOver: act('hand-over', 'The department says that it is another’s, and why', said['handed-over']),
  findCause: act('cause', 'Says what brought it about', said['cause-found']),
  settleResponsibility: act('responsibility', 'Says who brought it about, or that no individual did', said['responsibility-settled']),
  hypothesize: act('hypotheses', 'Notes a hypothesis of the cause, or what became of it', said.hypothesis),
  observe: act('observations', 'Notes one observation: the values of what may matter', said.observation),
  propose: act('proposal', 'Proposes remedies, beside what the customer asked for', said.proposed),
  instruct: act('instruction', 'Approves, amends or rejects what was proposed', said.instructed, approve),
  execute: act('execution', 'Says that the remedies were carried out, with proof', said.executed),
  tell: act('notification', 'Notes how the customer was told of the decision', said.told),
  ask: act('question', 'Says that the customer was asked how they find what was done', said.asked),
  hear: act('feedback', 'Notes what the customer said of it', said.feedback),
  considerPenalty: act('penalty-consideration', 'Says which penalties were proposed, or why none', said['penalty-considered']),
  considerLoss: act('loss', 'Says what was lost and what was recovered', said['loss-considered']),
  writeLesson: act(
    'lesson',
    'Writes down what was learned and what shall be improved; where wanted everybody is told, or somebody who may tell them is asked to',
    { ...lesson, bulletin: Bulletin.nullable() },
  ),
  decideBulletin: act(
    'bulletin-proposals/:proposalId/decision',
    'Tells everybody what somebody proposed, in these words, or declines it with the reason; for those who write bulletins',
    { proposalId: id, bulletin: Bulletin.nullable(), note: said['bulletin-decided'].note },
  ),
  checkEffectiveness: act(
    'effectiveness-checks',
    'Says whether the cause is gone; where it is not, the search for it begins again',
    said['effectiveness-checked'],
  ),
  evaluate: act('evaluation', 'Says what a suggestion is worth, and whether it can be done', said.evaluated),
  decide: act('decision', 'Adopts or declines a suggestion', said.decided),
  reward: act('reward', 'Notes what the customer was given for a suggestion', said.rewarded),
  answer: act('answer', 'Notes the answer to the customer', said.answered),
  quote: act('quote', 'Says what a request would cost', said.quoted),
  answerQuote: act('quote-answer', 'Notes whether the customer takes the quote', said['quote-answered']),
  fulfil: act('fulfilment', 'Says that it was done, with proof', said.fulfilled),
  pay: act('payment', 'Notes that it was paid', said.paid),
  appoint: act(
    'appointment',
    'Agrees on when somebody comes, or on another time; it stands in their calendar, at a time that is free unless it is meant',
    {
      startsAt: instant,
      /** Left out: as long as it was to last before, else an hour. */
      endsAt: instant.optional(),
      place: said.appointed.place,
      /** Who comes; whoever handles the case where it is left out. */
      ownerId: person.optional(),
      evenSo: z.boolean().optional(),
    },
  ),
  assign: act('assignment', 'Gives the case to somebody to handle, or to nobody', {
    ownerId: person.nullable(),
    why: z.string().trim().max(500).nullable(),
  }),
  sendBack: act('return', 'Sends it back to an earlier step, with the reason', { to: z.string().max(40), reason: words(2000) }),
  pause: act('pause', 'Lets clocks stand still while it waits for somebody outside', said.paused),
  resume: act('resumption', 'Lets clocks go on', said.resumed),
  reopen: act('reopening', 'Opens it again at a step; a complaint goes to somebody else then, unless it is said to stay', {
    to: z.string().max(40),
    reason: words(2000),
    sameHandler: z.boolean().optional(),
  }),
  tickChecklist: act('checklist', 'Says what was looked at early in what is made for one customer', {
    item: z.enum(checklistItems),
    state: z.enum(checklistStates),
    note: maybe(2000),
  }),
  withdraw: act('withdrawal', 'The customer withdraws it', { reason: words(2000) }),
  note: act('notes', 'Adds a note that only colleagues see, with the time it took', {
    text: words(20_000),
    fileIds: z.array(id).max(20),
    minutes: z.int().min(0).max(10_000),
  }),
  promise: act('promises', 'Promises the customer something by a day; it stands in the day of who promised', {
    text: words(200),
    day: said.promised.day,
  }),
  merge: endpoint('POST /cases/:caseId/merging', {
    ...write,
    about: [...thingIn('cases.case', 'caseId'), ...thingIn('cases.case', 'intoCaseId')],
    summary: 'Takes a case into another of the same customer, which goes on',
    input: z.object({ caseId: id, version, intoCaseId: id, reason: words(2000) }),
    result: Acted,
  }),
  convert: endpoint('POST /cases/:caseId/conversion', {
    ...write,
    about: thingIn('cases.case', 'caseId'),
    summary: 'Makes a case of another kind of it, with what was written; this one ends',
    input: z.object({ caseId: id, version, kind: z.enum(kinds), record: z.object(record).partial().optional() }),
    result: z.object({ case: Acted, made: Acted }),
  }),
}
