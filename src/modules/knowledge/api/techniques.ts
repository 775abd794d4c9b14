import { z } from 'zod'
import { endpoint, flag, nothing } from '#platform/contract.ts'
import { code, id, language, PhraseRule, Suggestion, Technique, TechniqueWithUse, techniqueFields, version } from './shapes.ts'

const read = { permission: 'knowledge.read', about: 'nobody' } as const
const write = { permission: 'knowledge.write', about: 'nobody' } as const
const known = code.optional()

/** Ways of talking with customers, and words that are better not said. */
export const techniqueEndpoints = {
  techniques: endpoint('GET /knowledge/techniques', {
    ...read,
    summary:
      'Every technique with how often it helped in the last year, and one’s own experience; where wanted also those that are not used any more',
    timeLimit: 1000,
    input: z.object({ retired: flag.optional() }),
    result: z.object({ items: z.array(TechniqueWithUse), experience: z.int().nullable() }),
  }),
  suggestTechniques: endpoint('GET /knowledge/technique-suggestions', {
    ...read,
    summary: 'Which techniques fit a situation, the best first, with what speaks for each and whether one’s own experience suffices',
    input: z.object({
      caseKind: known,
      category: known,
      reason: known,
      mood: known,
      customerType: known,
      product: known,
      occasion: known,
      cause: known,
    }),
    result: z.object({ items: z.array(Suggestion) }),
  }),
  addTechnique: endpoint('POST /knowledge/techniques', {
    ...write,
    summary: 'Adds a technique with the rules by which it is proposed',
    input: z.object(techniqueFields),
    result: Technique,
  }),
  changeTechnique: endpoint('PUT /knowledge/techniques/:techniqueId', {
    ...write,
    summary: 'Writes a technique anew; refused when somebody else has changed it since the given version',
    input: z.object({ techniqueId: id, version, ...techniqueFields }),
    result: Technique,
  }),
  noteUse: endpoint('POST /knowledge/techniques/:techniqueId/uses', {
    ...read,
    summary: 'Notes that one used a technique oneself, outside of a case, and whether it helped',
    input: z.object({ techniqueId: id, succeeded: z.boolean() }),
    result: z.object({ id }),
  }),
  phraseRules: endpoint('GET /knowledge/phrase-rules', {
    ...read,
    summary: 'Which words the product warns of, and what it proposes instead',
    input: nothing,
    result: z.object({ rules: z.array(PhraseRule), version: z.int() }),
  }),
  changePhraseRules: endpoint('PUT /knowledge/phrase-rules', {
    ...write,
    summary: 'Writes the rules anew; refused when somebody else has changed them since the given version (0: nobody has yet)',
    input: z.object({ version: z.int().min(0), rules: z.array(PhraseRule).max(300) }),
    result: z.object({ version: z.int() }),
  }),
  findPhrases: endpoint('POST /knowledge/phrase-hints', {
    ...read,
    summary: 'Where a text says what is better said otherwise; nothing of it is kept',
    input: z.object({ text: z.string().max(20_000), language }),
    result: z.object({
      hints: z.array(
        z.object({
          start: z.int(),
          end: z.int(),
          lastStart: z.int(),
          rule: z.string(),
          kind: z.string(),
          message: z.string(),
          proposals: z.array(z.string()),
        }),
      ),
    }),
  }),
}
