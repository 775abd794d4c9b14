import { z } from 'zod'
import { setting } from '#platform/module.ts'
import { phraseKinds } from './domain/phrases.ts'
import { shippedPhrases } from './domain/shipped-phrases.ts'
import { languages } from './domain/texts.ts'

const words = (limit: number) => z.string().trim().min(1).max(limit)

/** Words that the product warns of while somebody writes to a customer, and what it proposes instead. */
export const phrasesSetting = setting(
  'knowledge.phrases',
  z.object({
    rules: z
      .array(
        z.object({
          key: words(60),
          language: z.enum(languages),
          kind: z.enum(phraseKinds),
          parts: z
            .array(z.array(words(60)).min(1).max(40))
            .min(1)
            .max(3),
          gap: z.int().min(0).max(200),
          proposals: z.array(words(120)).max(6),
        }),
      )
      .max(300)
      .refine((rules) => new Set(rules.map(({ key }) => key)).size === rules.length, 'must have each key once'),
  }),
  { rules: shippedPhrases.map((rule) => ({ ...rule, parts: rule.parts.map((part) => [...part]), proposals: [...rule.proposals] })) },
)
