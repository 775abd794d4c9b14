import { z } from 'zod'
import { customerIn, day, endpoint, instant, thingIn } from '#platform/contract.ts'
import { id, opening, said, version, words } from './said.ts'
import { Acted, Begun } from './shapes.ts'

const write = { permission: 'cases.write' }
const onCase = { about: thingIn('cases.case', 'caseId') }
const key = z.string().max(60)
/** What was noted at each point of a technique, and of a promise its day. */
const Notes = z.array(z.object({ point: key, text: words(2000), day: day.nullable() })).max(20)
const Texts = z.object({ en: z.string(), 'zh-CN': z.string(), 'zh-TW': z.string() })

/** What helps somebody who helps a customer. */
export const deskEndpoints = {
  deskCase: endpoint('POST /desk/cases', {
    ...write,
    about: customerIn('customerId'),
    summary:
      'Records a case with what was done during the conversation, all at once: help before anybody asks whose fault it was, a promise with its day, techniques, and the first of the six actions',
    input: z.object({
      ...opening,
      interim: z.object(said['interim-remedy']).nullable(),
      promise: z.object({ text: words(200), day }).nullable(),
      techniques: z.array(z.object({ techniqueId: id, notes: Notes })).max(5),
      guide: z.array(key).max(20),
    }),
    result: Begun,
  }),
  followGuide: endpoint('POST /cases/:caseId/guide', {
    ...write,
    ...onCase,
    summary:
      'Ticks the next of the six actions at the desk; asking how the customer finds it stands in one’s day from then on, and going to the root notes the supposed cause and, where wanted, tells everybody',
    input: z.object({
      caseId: id,
      version,
      action: key,
      /** By when the customer is asked; only with that action, a few days later where it is left out. */
      askOn: day.optional(),
      /** Only with the last action. */
      root: z.object({ cause: words(2000), bulletin: z.object(said.bulletin).nullable() }).optional(),
    }),
    result: Acted,
  }),
  techniquesOfCase: endpoint('GET /cases/:caseId/techniques', {
    permission: 'cases.read',
    ...onCase,
    notes: 'result.customerId',
    summary: 'Which techniques were used in a case, what was noted at each, and whether it helped',
    input: z.object({ caseId: id }),
    result: z.object({
      customerId: id.nullable(),
      items: z.array(
        z.object({
          useId: id,
          techniqueId: id,
          name: Texts,
          notes: z.array(z.object({ title: Texts, text: z.string() })),
          at: instant,
          by: z.string(),
          succeeded: z.boolean().nullable(),
        }),
      ),
    }),
  }),
  useTechnique: endpoint('POST /cases/:caseId/techniques', {
    ...write,
    ...onCase,
    summary: 'Uses a technique: everything it asks for is noted, and what it promises is followed up',
    input: z.object({ caseId: id, version, techniqueId: id, notes: Notes }),
    result: Acted,
  }),
  letter: endpoint('GET /cases/:caseId/letters/:templateId', {
    permission: 'cases.read',
    ...onCase,
    notes: 'result.customerId',
    summary: 'A reply template filled in for a case, in the language of its customer; nothing of it is kept',
    input: z.object({ caseId: id, templateId: id }),
    result: z.object({
      customerId: id.nullable(),
      language: z.enum(['en', 'zh-CN', 'zh-TW']),
      subject: z.string(),
      body: z.string(),
      missing: z.array(z.string()),
    }),
  }),
}
