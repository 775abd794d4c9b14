import { pastValues } from '#modules/organization/public.ts'
import type { Db } from '#platform/database/connection.ts'
import type { SettingGuard } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { consentSetting, type PurposeSetting } from '../settings.ts'

type ConsentText = Pick<PurposeSetting, 'key' | 'version' | 'texts'>

/** The texts to which some consents were given, also those that were replaced since: each version of a purpose's text once. */
export async function textsAgreedTo(
  db: Db,
  entries: readonly { readonly purpose: string; readonly textVersion: number | null }[],
): Promise<readonly ConsentText[]> {
  const wanted = new Set(entries.map(({ purpose, textVersion }) => nameOf({ key: purpose, version: textVersion })))
  return [...(await textsByName(db))].flatMap(([name, text]) => (wanted.has(name) ? [text] : []))
}

/** A version of a text is one text for good: whoever agreed to it must be able to read later what they agreed to. */
export const keepConsentTexts: SettingGuard = async ({ db }, { after }) => {
  const known = await textsByName(db)
  for (const purpose of (after as { readonly purposes: readonly PurposeSetting[] }).purposes) {
    const before = known.get(nameOf(purpose))
    if (before && languages.some((language) => before.texts[language] !== purpose.texts[language]))
      throw refuse(
        'conflict',
        'text-of-version',
        `Version ${purpose.version} of this text says something else; other words need a new version`,
        {
          values: { version: purpose.version },
        },
      )
  }
}

const languages = ['en', 'zh-CN', 'zh-TW'] as const
const nameOf = ({ key, version }: { readonly key: string; readonly version: number | null }): string => `${key} ${version}`

async function textsByName(db: Db): Promise<ReadonlyMap<string, ConsentText>> {
  const purposes = (await pastValues(db, consentSetting)).flatMap((value) => value.purposes)
  return new Map(purposes.map(({ key, version, texts }) => [nameOf({ key, version }), { key, version, texts }]))
}
