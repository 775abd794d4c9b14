import { Select } from 'antd'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'

/** Whose customers a list shows: one's own, a colleague's, or (`nobody`) those that nobody looks after. */
export function OwnerChoice(props: {
  readonly value: string | undefined
  readonly onChange: (owner: string) => void
  readonly nobody?: boolean
}) {
  const t = useWords('commitments')
  const people = usePeople()
  const { user } = useSession()
  return (
    <Select
      className="calendar-owner"
      aria-label={t('owner.choose')}
      value={props.value ?? user.id}
      showSearch={{ optionFilterProp: 'label' }}
      options={[...people.choices, ...(props.nobody ? [{ value: 'nobody', label: t('owner.nobody') }] : [])]}
      onChange={props.onChange}
    />
  )
}
