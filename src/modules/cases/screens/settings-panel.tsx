import { Link } from 'react-router'
import { api as organization } from '#modules/organization/api.ts'
import { flatValue, nestedValue } from '#ui/flat-value.ts'
import type { Field } from '#ui/form.tsx'
import { Loaded } from '#ui/page.tsx'
import { SettingSection, type StoredSetting } from '#ui/setting.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { severities } from '../domain/taxonomy.ts'
import { AppealsSetting } from './settings-appeals.tsx'
import { LimitsSetting } from './settings-limits.tsx'
import { CountersSetting, ProactiveSetting } from './settings-proactive.tsx'
import { QueueSetting } from './settings-queue.tsx'
import { RegimesSetting } from './settings-regimes.tsx'
import { ReviewsSetting } from './settings-reviews.tsx'
import { SelfAssessmentSetting } from './settings-self-assessment.tsx'

type Values = Record<string, unknown>
interface Of {
  readonly stored: StoredSetting | undefined
}

/** How cases are handled, beyond what processes, routes and catalogues say: in the order in which a case meets it. */
export function SettingsPanel() {
  const t = useWords('cases')
  const settings = useRead(organization.settings, {})
  return (
    <Loaded of={settings}>
      {({ settings: all }) => {
        const of = (key: string) => all.find((one) => one.key === key)
        return (
          <>
            <p className="section-about">
              {t('settings.about')} <Link to="/case-setup">{t('setUp.title')}</Link>
            </p>
            <MailSetting stored={of('cases.mail')} />
            <RegimesSetting stored={of('cases.regimes')} />
            <QueueSetting stored={of('cases.queue')} />
            <AssignmentSetting stored={of('cases.assignment')} />
            <LimitsSetting stored={of('cases.limits')} />
            <HandlingSetting stored={of('cases.handling')} />
            <DecisionSetting stored={of('cases.decisions')} />
            <AppealsSetting stored={of('cases.appeals')} />
            <ProactiveSetting stored={of('cases.proactive')} />
            <CountersSetting stored={of('cases.counters')} />
            <CustomerFilesSetting stored={of('cases.customer-files')} />
            <PatienceSetting stored={of('cases.patience')} />
            <SelfAssessmentSetting stored={of('cases.self-assessment')} />
            <ReviewsSetting stored={of('cases.reviews')} />
          </>
        )
      }}
    </Loaded>
  )
}

function MailSetting({ stored }: Of) {
  const t = useWords('cases')
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.mail')}
      about={t('settings.mailAbout')}
      fields={[
        { name: 'acknowledge', kind: 'yes', label: t('settings.acknowledge'), help: t('settings.acknowledgeHelp') },
        {
          name: 'reopenDays',
          kind: 'number',
          label: t('settings.reopenDays'),
          help: t('settings.reopenHelp'),
          required: true,
          min: 0,
          max: 365,
          unit: t('settings.days'),
        },
        {
          name: 'complaintAddresses',
          kind: 'area',
          label: t('settings.complaintAddresses'),
          help: t('settings.complaintAddressesHelp'),
          wide: true,
        },
      ]}
      shown={(value) => {
        const held = value as Values
        return { ...held, complaintAddresses: (held.complaintAddresses as readonly string[]).join('\n') }
      }}
      meant={(values) => ({ ...values, complaintAddresses: parted(values.complaintAddresses) })}
    />
  )
}

/** Who is given new cases, and how many one person has at most. */
function AssignmentSetting({ stored }: Of) {
  const t = useWords('cases')
  const { data } = useRead(organization.departments, {})
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.assignment')}
      about={t('settings.assignmentAbout')}
      shown={flatValue}
      meant={(values) =>
        nestedValue({ ...values, departmentId: values.departmentId ?? null, capacityPerAgent: values.capacityPerAgent ?? null })
      }
      fields={[
        { name: 'automatic', kind: 'yes', label: t('settings.automatic'), help: t('settings.automaticHelp'), wide: true },
        {
          name: 'departmentId',
          kind: 'choice',
          label: t('settings.servedBy'),
          help: t('settings.servedByHelp'),
          search: true,
          options: (data?.departments ?? []).map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          name: 'capacityPerAgent',
          kind: 'number',
          label: t('settings.capacity'),
          help: t('settings.capacityHelp'),
          min: 1,
          max: 1000,
          unit: t('settings.cases'),
        },
        ...severities.map(
          (severity): Field<Values> => ({
            name: `experience.${severity}`,
            kind: 'number',
            label: t('settings.experience', { severity: t(`severity.${severity}`) }),
            ...(severity === 1 ? { help: t('settings.experienceHelp') } : {}),
            required: true,
            min: 0,
            max: 5,
          }),
        ),
      ]}
    />
  )
}

function HandlingSetting({ stored }: Of) {
  const t = useWords('cases')
  const days = t('settings.days')
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.handling')}
      about={t('settings.handlingAbout')}
      fields={[
        {
          name: 'repeatDays',
          kind: 'number',
          label: t('settings.repeatDays'),
          help: t('settings.repeatHelp'),
          required: true,
          min: 1,
          max: 3650,
          unit: days,
        },
        {
          name: 'transferLimit',
          kind: 'number',
          label: t('settings.transferLimit'),
          help: t('settings.transferHelp'),
          required: true,
          min: 1,
          max: 20,
        },
        {
          name: 'callbackDays',
          kind: 'number',
          label: t('settings.callbackDays'),
          help: t('settings.callbackHelp'),
          required: true,
          min: 0,
          max: 60,
          unit: days,
        },
        {
          name: 'unhappyDays',
          kind: 'number',
          label: t('settings.unhappyDays'),
          help: t('settings.unhappyHelp'),
          required: true,
          min: 0,
          max: 60,
          unit: t('settings.workingDays'),
        },
        { name: 'unhappyAbove', kind: 'yes', label: t('settings.unhappyAbove') },
        {
          name: 'effectivenessDays',
          kind: 'text',
          label: t('settings.effectivenessDays'),
          help: t('settings.effectivenessHelp'),
          required: true,
          check: (value) => (parted(value).every((day) => /^\d+$/.test(day)) ? null : t('settings.effectivenessWrong')),
        },
        {
          name: 'anotherAfterReopening',
          kind: 'yes',
          label: t('settings.anotherAfterReopening'),
          help: t('settings.anotherAfterReopeningHelp'),
          wide: true,
        },
      ]}
      shown={(value) => {
        const held = value as Values
        return { ...held, effectivenessDays: (held.effectivenessDays as readonly number[]).join(', ') }
      }}
      meant={(values) => ({ ...values, effectivenessDays: parted(values.effectivenessDays).map(Number) })}
    />
  )
}

function DecisionSetting({ stored }: Of) {
  const t = useWords('cases')
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.decisions')}
      about={t('settings.decisionsAbout')}
      fields={[
        {
          name: 'approvalMinutes',
          kind: 'duration',
          label: t('settings.approvalMinutes'),
          help: t('settings.approvalHelp'),
          required: true,
          isWorking: true,
          min: 1,
          max: 43_200,
        },
        { name: 'atOnceMinor', kind: 'money', label: t('settings.atOnceMinor'), help: t('settings.atOnceHelp'), required: true, min: 0 },
      ]}
    />
  )
}

/** What customers may send to one case by its page. */
function CustomerFilesSetting({ stored }: Of) {
  const t = useWords('cases')
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.customerFiles')}
      about={t('settings.customerFilesAbout')}
      fields={[
        { name: 'most', kind: 'number', label: t('settings.most'), required: true, min: 0, max: 1000 },
        { name: 'megabytes', kind: 'number', label: t('settings.megabytes'), required: true, min: 0, max: 10_000, unit: 'MB' },
      ]}
    />
  )
}

function PatienceSetting({ stored }: Of) {
  const t = useWords('cases')
  const patience = (name: 'waitingMinutes' | 'quietMinutes'): Field<Values> => ({
    name,
    kind: 'duration',
    label: t(`settings.${name}`),
    help: t(`settings.${name}Help`),
    isWorking: true,
    min: 1,
    max: 1_000_000,
  })
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.patience')}
      about={t('settings.patienceAbout')}
      fields={[patience('waitingMinutes'), patience('quietMinutes')]}
      meant={({ waitingMinutes = null, quietMinutes = null }) => ({ waitingMinutes, quietMinutes })}
    />
  )
}

/** What was typed one below the other or with commas between. */
const parted = (typed: unknown): readonly string[] =>
  String(typed ?? '')
    .split(/[,，、;；\s]+/)
    .filter(Boolean)
