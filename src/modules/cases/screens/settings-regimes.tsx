import type { Field } from '#ui/form.tsx'
import { Loaded } from '#ui/page.tsx'
import { SettingSection, type StoredSetting } from '#ui/setting.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Kind, kinds } from '../domain/taxonomy.ts'
import { OwnRegimes } from './own-regimes.tsx'
import { type Rules, useRuleWords } from './regime-words.ts'

/** For each set of rules the kinds of cases for which it holds; for none, it does not hold. */
type Values = Record<string, readonly Kind[]>
interface Held {
  readonly inForce: readonly { readonly regime: string; readonly kinds: readonly Kind[] }[]
}

/** Which rules of law, standard or own promise hold for cases that begin from now on, and those that the company wrote itself. */
export function RegimesSetting({ stored }: { readonly stored: StoredSetting | undefined }) {
  const found = useRead(casesApi.regimes, {})
  return (
    <Loaded of={found}>
      {({ regimes, version }) => {
        const offered = regimes.filter(({ retired }) => !retired)
        return (
          <>
            {/* Fields come and go with the rules that may hold, so the form begins anew. */}
            <InForce key={offered.map(({ key }) => key).join(' ')} stored={stored} offered={offered} />
            <OwnRegimes all={regimes} version={version} />
          </>
        )
      }}
    </Loaded>
  )
}

function InForce({ stored, offered }: { readonly stored: StoredSetting | undefined; readonly offered: readonly Rules[] }) {
  const t = useWords('cases')
  const { nameOf } = useRuleWords()
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.regimes')}
      about={t('settings.regimesAbout')}
      columns={1}
      fields={offered.map(
        (rules): Field<Values> => ({
          name: rules.key,
          kind: 'choice',
          several: true,
          label: nameOf(rules),
          help: <Asked rules={rules} />,
          placeholder: t('settings.notInForce'),
          options: kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
        }),
      )}
      shown={(value) => {
        const { inForce } = value as Held
        const heldFor = (key: string) => new Set(inForce.filter(({ regime }) => regime === key).flatMap((one) => one.kinds))
        return Object.fromEntries(offered.map(({ key }) => [key, kinds.filter((kind) => heldFor(key).has(kind))]))
      }}
      meant={(values) => ({
        inForce: offered.map(({ key }) => ({ regime: key, kinds: values[key] ?? [] })).filter((one) => one.kinds.length > 0),
      })}
      alsoChanges={['cases']}
    />
  )
}

/** What a set of rules asks for, and where it stands. */
function Asked({ rules }: { readonly rules: Rules }) {
  const t = useWords('cases')
  const { asks } = useRuleWords()
  const { source } = rules
  return (
    <>
      {asks(rules)}
      <br />
      {source === null ? (
        t('settings.ownPromise')
      ) : source.url ? (
        <a href={source.url} target="_blank" rel="noreferrer">
          {source.title}
        </a>
      ) : (
        source.title
      )}
      {source?.provisions && `, ${source.provisions}`}
    </>
  )
}
