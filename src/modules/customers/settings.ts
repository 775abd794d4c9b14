import { z } from 'zod'
import { setting } from '#platform/module.ts'
import { archiveFields } from './domain/archive.ts'
import { everything } from './domain/consent.ts'
import { ownFieldTypes } from './domain/own-fields.ts'
import { qualificationTests } from './domain/qualification.ts'

const inLanguages = (limit: number) => z.object({ en: words(limit), 'zh-CN': words(limit), 'zh-TW': words(limit) })
const words = (limit: number) => z.string().trim().max(limit)
const key = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a short word of small letters')

const purpose = z.object({
  key: key.refine((text) => text !== everything, `'${everything}' stands for every purpose`),
  needs: z.enum(['consent', 'nothing']),
  /** Raised by whoever changes the text: each consent keeps which one was agreed to. */
  version: z.int().min(1),
  names: inLanguages(100),
  texts: inLanguages(2000),
})
export type PurposeSetting = z.output<typeof purpose>

const marketing = {
  en: 'We may tell you about our offers, news and events.',
  'zh-CN': '我们可以向您介绍优惠、新品和活动。',
  'zh-TW': '我們可以向您介紹優惠、新品和活動。',
}
const surveys = {
  en: 'We may ask you how satisfied you are with us.',
  'zh-CN': '我们可以向您了解您对我们的满意程度。',
  'zh-TW': '我們可以向您了解您對我們的滿意程度。',
}
const service = {
  en: 'We write to you about your orders and your questions.',
  'zh-CN': '我们就您的订单和问题与您联系。',
  'zh-TW': '我們就您的訂單和問題與您聯絡。',
}

/** What customers are addressed for (H-17), with the texts that they agree to. The first purpose is the one that files and filters mean where they name none. */
export const consentSetting = setting(
  'customers.consent',
  z.object({ purposes: z.array(purpose).min(1).max(20).refine(differ, 'each key may stand once') }),
  {
    purposes: [
      { key: 'marketing', needs: 'consent', version: 1, names: { en: 'Marketing', 'zh-CN': '营销', 'zh-TW': '行銷' }, texts: marketing },
      { key: 'surveys', needs: 'nothing', version: 1, names: { en: 'Surveys', 'zh-CN': '调查', 'zh-TW': '問卷調查' }, texts: surveys },
      { key: 'service', needs: 'nothing', version: 1, names: { en: 'Service', 'zh-CN': '服务', 'zh-TW': '服務' }, texts: service },
    ],
  },
)

/** In which country telephone numbers without a country's code are: ISO 3166, such as CN. Null: they are kept as they are written. */
export const contactSetting = setting(
  'customers.contact',
  z.object({
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be two capital letters such as CN')
      .nullable(),
  }),
  { country: null },
)

const ownField = z
  .object({
    id: z.uuid(),
    names: inLanguages(60),
    type: z.enum(ownFieldTypes),
    required: z.boolean(),
    /** Whether lists offer it as a column and a filter. */
    inList: z.boolean(),
    /** It holds contact data or what else is nobody’s business: it does not exist for whoever may not see that. */
    personal: z.boolean().optional(),
    choices: z.array(z.object({ key, names: inLanguages(60) })).max(100),
    removed: z.boolean(),
  })
  .refine(({ names }) => names.en !== '' || names['zh-CN'] !== '' || names['zh-TW'] !== '', 'needs a name in some language')
  .refine(({ type, choices }) => (type === 'choice' || type === 'choices' ? choices.length > 0 : true), 'needs something to choose from')
export type OwnFieldSetting = z.output<typeof ownField>

export const ownFieldSetting = setting(
  'customers.own-fields',
  z.object({
    fields: z
      .array(ownField)
      .max(100)
      .refine((fields) => new Set(fields.map(({ id }) => id)).size === fields.length, 'each field may stand once'),
  }),
  { fields: [] },
)

/** Who is worth being won as a customer (C-16). Without conditions everybody is. */
export const targetSetting = setting(
  'customers.target',
  z.object({
    conditions: z
      .array(z.object({ field: z.enum(archiveFields), test: z.enum(qualificationTests), words: z.array(words(200)).max(50) }))
      .max(20),
  }),
  { conditions: [] },
)

function differ(purposes: readonly { key: string }[]): boolean {
  return new Set(purposes.map((one) => one.key)).size === purposes.length
}
