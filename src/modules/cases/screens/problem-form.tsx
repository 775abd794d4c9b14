import { useState } from 'react'
import type { Problem } from '#ui/client.ts'
import { Form } from '#ui/form.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Category, categories, causeFields, complaintReasons } from '../domain/taxonomy.ts'
import { ProductChoice } from './product-choice.tsx'
import { useCauseName } from './set-up-words.ts'

export interface ProblemTerms {
  readonly title: string
  readonly description: string | null
  readonly ownerId: string | null
  readonly cause: string | null
  readonly category: string | null
  readonly reason: string | null
  readonly productCode: string | null
}
export const emptyTerms: ProblemTerms = {
  title: '',
  description: null,
  ownerId: null,
  cause: null,
  category: null,
  reason: null,
  productCode: null,
}

interface Props {
  readonly initial: ProblemTerms
  readonly onSubmit: (terms: ProblemTerms) => unknown
  readonly problem: Problem | null
  readonly pending: boolean
  readonly cancel: () => void
}

/** What a problem is called and what its complaints have in common. */
export function ProblemForm({ initial, onSubmit, problem, pending, cancel }: Props) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const { may } = useSession()
  const [category, setCategory] = useState(initial.category)
  const causeName = useCauseName()
  const { data } = useRead(casesApi.causes, {})
  // What is retired stays named where it was chosen.
  const own = (data?.causes ?? [])
    .filter(({ id, retired }) => !retired || id === initial.cause)
    .map((cause) => ({ value: cause.id, label: `${'– '.repeat(cause.depth)}${causeName(cause)}` }))
  const reasons: readonly string[] = category === null ? [] : (complaintReasons[category as Category] ?? [])
  return (
    <Form<ProblemTerms>
      columns={2}
      fields={[
        { name: 'title', kind: 'text', label: t('problem.name'), required: true, maxLength: 200, wide: true },
        { name: 'description', kind: 'area', label: t('problem.description'), maxLength: 5000, wide: true },
        {
          name: 'category',
          kind: 'choice',
          label: t('field.category'),
          options: categories.map((value) => ({ value, label: t(`category.${value}`) })),
        },
        {
          name: 'reason',
          kind: 'choice',
          label: t('field.reason'),
          disabled: category === null,
          options: reasons.map((value) => ({ value, label: t(`reason.${category}.${value}`) })),
        },
        may('orders.read')
          ? { name: 'productCode', kind: 'own', label: t('field.product'), control: <ProductChoice orderId={null} /> }
          : { name: 'productCode', kind: 'text', label: t('field.product'), maxLength: 100 },
        {
          name: 'cause',
          kind: 'choice',
          label: t('problem.cause'),
          help: t('problem.causeHelp'),
          options: [...causeFields.map((value) => ({ value: value as string, label: t(`causeField.${value}`) })), ...own],
        },
        { name: 'ownerId', kind: 'people', label: t('problem.owner'), help: t('problem.ownerHelp') },
      ]}
      initial={initial}
      onChange={(values) => setCategory(values.category ?? null)}
      onSubmit={(values) => {
        const known = values.category ? ((complaintReasons[values.category as Category] ?? []) as readonly string[]) : []
        return onSubmit({
          title: values.title,
          description: values.description || null,
          ownerId: values.ownerId || null,
          cause: values.cause || null,
          category: values.category || null,
          reason: values.reason && known.includes(values.reason) ? values.reason : null,
          productCode: values.productCode || null,
        })
      }}
      problem={problem}
      pending={pending}
      submit={ui('save')}
      cancel={cancel}
    />
  )
}
