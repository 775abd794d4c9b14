import { readSetting } from '#modules/organization/public.ts'
import type { Db } from '#platform/database/connection.ts'
import type { ImportField, ImportJob, ImportRow } from '#platform/imports/importer.ts'
import { type ConsentChannel, consentChannels } from '../domain/consent.ts'
import { consentSetting, type PurposeSetting } from '../settings.ts'
import { texts } from '../texts/index.ts'
import type { Said } from './consents.ts'
import { consentFields } from './further-fields.ts'

const prefix = 'consent'
const languages = ['en', 'zh-CN', 'zh-TW'] as const
type Language = (typeof languages)[number]

/** The columns that a file may have for each purpose of the company by each channel. For the first purpose every file has some already: they get the headers that name it. */
export async function consentColumns(db: Db): Promise<readonly ImportField[]> {
  const { purposes } = await readSetting(db, consentSetting)
  return purposes.flatMap((purpose, place) =>
    consentChannels.map((channel): ImportField => {
      const synonyms = [...new Set(languages.flatMap((language) => headers(purpose, nameOf(language, purpose), language, channel)))]
      const fixed = place === 0 ? consentFields.find((one) => one.channel === channel) : undefined
      if (fixed) return { ...fixed, synonyms: [...new Set([...fixed.synonyms, ...synonyms])] }
      return {
        name: `${prefix}.${purpose.key}.${channel}`,
        kind: 'flag',
        exact: true,
        synonyms,
        examples: ['', ''],
        label: Object.fromEntries(languages.map((language) => [language, labelOf(language, purpose, channel)])) as Record<Language, string>,
      }
    }),
  )
}

const nameOf = (language: Language, { key, names }: PurposeSetting) => names[language] || names.en || key
const channelOf = (language: Language, channel: ConsentChannel) => texts[language].consent.channel[channel]

const labelOf = (language: Language, purpose: PurposeSetting, channel: ConsentChannel) =>
  texts[language].consent.column.replace('{{purpose}}', nameOf(language, purpose)).replace('{{channel}}', channelOf(language, channel))

/** How files head such a column: both words in either order with a word for consent; without one only where the purpose can be nothing else. A “Service phone” is a telephone. */
function headers({ key }: PurposeSetting, what: string, language: Language, channel: ConsentChannel): readonly string[] {
  const by = channelOf(language, channel)
  const bare = (plain: string, ...both: readonly string[]) => (unmistakable.test(plain) ? both : [])
  if (language === 'en')
    return [
      ...[`${what} ${by}`, `${by} ${what}`].flatMap((both) => [
        ...bare(what, both),
        `${both} consent`,
        `${both} opt-in`,
        `consent ${both}`,
        `accepts ${both}`,
      ]),
      ...bare(key, `${key} ${channel}`),
    ]
  return [`${what}${by}`, `${by}${what}`].flatMap((both) => [...bare(what, both), `${both}同意`, `同意${both}`, `接受${both}`])
}
const unmistakable = /marketing|newsletter|surveys?\b|promotion|advertis|营销|行銷|推广|推廣|促销|促銷|广告|廣告|调查|調查|问卷|問卷/i

/** What a row says of purposes and channels. */
export const consentSaid = (row: ImportRow, { mapped }: ImportJob): readonly Said[] => [
  ...consentFields.flatMap(({ name, channel }) => word(row, name, null, channel)),
  ...mapped.flatMap((name) => {
    const [first, purpose = '', by] = name.split('.')
    const channel = consentChannels.find((one) => one === by)
    return first === prefix && channel ? word(row, name, purpose, channel) : []
  }),
]

function word(row: ImportRow, name: string, purpose: string | null, channel: ConsentChannel): readonly Said[] {
  const given = row.has(name) ? row.flag(name) : null
  return given === null ? [] : [{ purpose, channel, given }]
}
