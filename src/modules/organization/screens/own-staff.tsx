import { Section } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { languages, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { skillNames, traitNames } from '../domain/staff.ts'

/** What is written about oneself: above all what one's work does for customers. */
export function OwnStaff() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const { data: own } = useRead(api.ownStaff, {})
  const tree = useRead(api.departments, {})
  if (!own) return null
  const teams = tree.data?.teams.filter(({ id }) => own.teamIds.includes(id)).map(({ name }) => name) ?? []
  const scores = [
    ...skillNames.flatMap((name) => (own.skills[name] ? [[t(`staff.skill.${name}`), own.skills[name]] as const] : [])),
    ...traitNames.flatMap((name) => (own.traits[name] ? [[t(`staff.trait.${name}`), own.traits[name]] as const] : [])),
  ]
  const facts: readonly (readonly [string, string | null])[] = [
    [t('staff.jobTitle'), own.title],
    [t('staff.teams'), teams.join(ui('comma')) || null],
    [t('staff.experience'), own.experience === null ? null : t(`staff.level.${own.experience}`)],
    [t('staff.languages'), own.languages.map((one) => languages[one]).join(ui('comma')) || null],
    [t('staff.fields'), own.fields.join(ui('comma')) || null],
    ...scores.map(([name, score]) => [name, t('staff.score', { score })] as const),
  ]
  return (
    <Section title={t('staff.own')} about={t('staff.ownAbout')}>
      <dl className="facts">
        <div>
          <dt>{t('staff.valueRole')}</dt>
          <dd>{own.valueRole || <span className="muted">{t('staff.ownMissing')}</span>}</dd>
        </div>
        {facts.map(
          ([label, value]) =>
            value !== null && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Section>
  )
}
