import { PeopleChoice } from '#ui/people-choice.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'

/** Whose customers a list shows: one's own, a colleague's, or (`nobody`) those that nobody looks after. */
export function OwnerChoice(props: {
  readonly value: string | undefined
  readonly onChange: (owner: string) => void
  readonly nobody?: boolean
}) {
  const t = useWords('commitments')
  const { user } = useSession()
  return (
    <PeopleChoice
      className="calendar-owner"
      aria-label={t('owner.choose')}
      value={props.value ?? user.id}
      more={props.nobody ? [{ value: 'nobody', label: t('owner.nobody') }] : []}
      allowClear={false}
      onChange={(owner) => owner !== null && props.onChange(owner)}
    />
  )
}
