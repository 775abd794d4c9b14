import type { Field } from '#ui/form.tsx'
import { TermsInput } from '#ui/terms-input.tsx'
import { useWords } from '#ui/words.ts'
import { mixElements, serviceChannels, serviceTargets } from '../domain/service-policy.ts'
import type { PolicyValues } from './policy-values.ts'
import { type Policy, usePlaces } from './policy-words.ts'

/** The fields of a policy: whose it is, what is promised, by whom, the six elements, and what it takes. */
export function usePolicyFields(
  policy: Policy,
  segments: readonly { readonly id: string; readonly name: string }[] | null,
): readonly Field<PolicyValues>[] {
  const t = useWords('value', 'customers')
  const { departments, teams } = usePlaces()
  const ofSegment = policy.kind === 'segment'
  const whose: Field<PolicyValues>[] = [
    ...(segments
      ? [
          {
            name: 'segmentId',
            kind: 'choice',
            label: t('policy.segment'),
            help: t('policy.segmentHelp'),
            required: true,
            search: true,
            options: segments.map(({ id, name }) => ({ value: id, label: name })),
          } as const,
        ]
      : []),
    {
      name: 'name',
      kind: 'text',
      label: t('policy.nameField'),
      maxLength: 120,
      ...(ofSegment ? { required: true } : { help: t('policy.nameHelp') }),
    },
    { name: 'priority', kind: 'number', label: t('policy.priority'), help: t('policy.priorityHelp'), required: true, min: 1, max: 9 },
  ]
  const promised: Field<PolicyValues>[] = [
    ...serviceTargets.map(
      (target): Field<PolicyValues> => ({
        name: `targets.${target}`,
        kind: 'number',
        label: t(`policy.target.${target}`),
        help: t(`policy.targetHelp.${target}`),
        unit: t('policy.unit'),
        min: 1,
        max: 525_600,
      }),
    ),
    {
      name: 'channels',
      kind: 'choice',
      several: true,
      label: t('policy.channels'),
      required: true,
      options: serviceChannels.map((value) => ({ value, label: t(`customers:channel.${value}`) })),
    },
  ]
  const by: Field<PolicyValues>[] = [
    { name: 'departmentId', kind: 'choice', label: t('policy.hoursOf'), help: t('policy.hoursHelp'), options: departments, search: true },
    { name: 'servedByDepartmentId', kind: 'choice', label: t('policy.servedByDepartment'), options: departments, search: true },
    { name: 'servedByTeamId', kind: 'choice', label: t('policy.servedByTeam'), options: teams, search: true },
    { name: 'accountManager', kind: 'yes', label: t('policy.accountManager'), help: t('policy.accountManagerHelp') },
  ]
  const mix = mixElements.map(
    (element): Field<PolicyValues> => ({
      name: `mix.${element}`,
      kind: 'area',
      rows: 3,
      label: t(`policy.element.${element}`),
      maxLength: 2000,
    }),
  )
  const takes: Field<PolicyValues>[] = [
    { name: 'cadence', kind: 'area', rows: 2, label: t('policy.cadence'), maxLength: 2000 },
    { name: 'benefits', kind: 'own', label: t('policy.benefits'), help: t('policy.benefitsHelp'), control: <TermsInput /> },
    { name: 'yearlyCostMinor', kind: 'money', label: t('policy.yearlyCost'), required: true, min: 0 },
    {
      name: 'yearlyMinutes',
      kind: 'number',
      label: t('policy.yearlyMinutes'),
      unit: t('policy.unit'),
      required: true,
      min: 0,
      max: 525_600,
    },
    {
      name: 'satisfactionGain',
      kind: 'number',
      label: t('policy.gain'),
      help: t('policy.gainHelp'),
      required: true,
      min: 0,
      max: 10,
      digits: 1,
    },
  ]
  const others: Field<PolicyValues>[] =
    policy.kind === 'baseline'
      ? [
          {
            name: 'others',
            kind: 'choice',
            label: t('policy.others'),
            required: true,
            wide: true,
            options: (['refuse', 'lift'] as const).map((value) => ({ value, label: t(`policy.others.${value}`) })),
          },
        ]
      : []
  return [...whose, ...promised, ...by, ...mix, ...takes, ...others]
}
