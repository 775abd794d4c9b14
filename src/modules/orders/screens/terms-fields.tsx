import { Input } from 'antd'
import { DayInput } from '#ui/inputs.tsx'
import { Section } from '#ui/page.tsx'
import { useWords } from '#ui/words.ts'
import { Labelled } from './labelled.tsx'
import type { TermsDraft } from './terms-draft.ts'

const words = ['deliveryPlace', 'settlement', 'tradeTerms', 'payment'] as const
const longest: Readonly<Record<(typeof words)[number], number>> = { deliveryPlace: 500, settlement: 200, tradeTerms: 500, payment: 100 }

/** In the form of a new order: what is promised for it. */
export function TermsFields({
  terms,
  onChange,
  problemsOf,
}: {
  terms: TermsDraft
  onChange: (part: Partial<TermsDraft>) => void
  problemsOf: (field: string) => readonly string[]
}) {
  const t = useWords('orders')
  return (
    <Section title={t('terms.promisedTitle')} about={t('terms.promisedAbout')}>
      <div className="order-head">
        <Labelled id="order-promised" label={t('term.deliveryTime')} optional problems={problemsOf('terms.promisedDay')}>
          <DayInput id="order-promised" value={terms.promisedDay} onChange={(day) => onChange({ promisedDay: day ?? '' })} />
        </Labelled>
        {words.map((name) => (
          <Labelled key={name} id={`order-${name}`} label={t(`term.${name}`)} optional problems={problemsOf(`terms.${name}`)}>
            <Input
              id={`order-${name}`}
              value={terms[name]}
              maxLength={longest[name]}
              onChange={(event) => onChange({ [name]: event.target.value })}
            />
          </Labelled>
        ))}
      </div>
    </Section>
  )
}
