import type { Field } from '#ui/form.tsx'
import { SettingSection, type StoredSetting } from '#ui/setting.tsx'
import { useWords } from '#ui/words.ts'
import { type Regime, regimes } from '../domain/clocks/regimes.ts'
import { type Kind, kinds } from '../domain/taxonomy.ts'
import { useMeasure } from './clock-words.ts'

/** For each set of rules the kinds of cases for which it holds; for none, it does not hold. */
type Values = Record<string, readonly Kind[]>
interface Held {
  readonly inForce: readonly { readonly regime: string; readonly kinds: readonly Kind[] }[]
}

/** Which rules of law, standard or own promise hold for cases that begin from now on. */
export function RegimesSetting({ stored }: { readonly stored: StoredSetting | undefined }) {
  const t = useWords('cases')
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.regimes')}
      about={t('settings.regimesAbout')}
      columns={1}
      fields={regimes.map(
        (regime): Field<Values> => ({
          name: regime.key,
          kind: 'choice',
          several: true,
          label: t(`regime.${regime.key}`),
          help: <Asked regime={regime} />,
          placeholder: t('settings.notInForce'),
          options: kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
        }),
      )}
      shown={(value) => {
        const { inForce } = value as Held
        const heldFor = (key: string) => new Set(inForce.filter(({ regime }) => regime === key).flatMap((one) => one.kinds))
        return Object.fromEntries(regimes.map(({ key }) => [key, kinds.filter((kind) => heldFor(key).has(kind))]))
      }}
      meant={(values) => ({
        inForce: regimes.map(({ key }) => ({ regime: key, kinds: values[key] ?? [] })).filter((one) => one.kinds.length > 0),
      })}
    />
  )
}

/** What a set of rules asks for, and where it stands. */
function Asked({ regime }: { readonly regime: Regime }) {
  const t = useWords('cases')
  const said = useMeasure()
  const asked = regime.terms.targets.map(({ key, measure }) =>
    t('settings.asks', {
      what: t(`clock.key.${key.split(':').at(-1)}`),
      measure: said(measure),
    }),
  )
  const { source, retention } = regime
  const keeps = retention?.by === 'law' ? [t('settings.keeps', { count: retention.years })] : []
  return (
    <>
      {[...asked, ...keeps].join(' · ')}
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
      {source && `, ${source.provisions}`}
    </>
  )
}
