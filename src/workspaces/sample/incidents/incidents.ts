import type { IncidentAlert, IncidentDetails } from '../../../common/incidents';
import type { Generation } from '../generation';
import { Random } from '../random';
import { attackIncidents } from './attackIncidents';
import type { AlertPlan, IncidentPlan } from './incidentPlan';
import { noiseIncidents } from './noiseIncidents';

/** An incident with what its rows need besides. */
export interface PlannedIncident {
  readonly plan: IncidentPlan;
  readonly details: IncidentDetails;
}

/** All incidents of the sample, by number. */
export function plannedIncidents(generation: Generation): readonly PlannedIncident[] {
  return [...noiseIncidents(generation.world), ...attackIncidents(generation.world)]
    .sort((left, right) => left.number - right.number)
    .map((plan) => ({ plan, details: detailsOf(plan, generation) }));
}

function detailsOf(plan: IncidentPlan, generation: Generation): IncidentDetails {
  const random = new Random(`incident ${plan.number}`);
  const alerts = plan.alerts.map((alert) => alertOf(alert, random.guid(), generation));
  return {
    incident: {
      number: plan.number,
      title: plan.title,
      description: plan.description,
      severity: plan.severity,
      status: plan.status,
      ...(plan.owner ? { owner: plan.owner } : {}),
      createdTime: generation.iso(plan.created),
      lastModifiedTime: generation.iso(plan.modified),
      firstActivityTime: generation.iso(Math.min(...plan.alerts.map(({ start }) => start))),
      lastActivityTime: generation.iso(Math.max(...plan.alerts.map(({ end }) => end))),
      tactics: unique(plan.alerts.flatMap(({ tactics }) => tactics)),
      techniques: unique(plan.alerts.flatMap(({ techniques }) => techniques)),
      labels: plan.labels,
      providers: unique(plan.alerts.map(({ product }) => product)),
      alertCount: alerts.length,
      commentCount: plan.comments.length,
      ...(plan.closing ? { classification: plan.closing.classification } : {}),
    },
    alerts,
    entities: plan.entities,
    comments: plan.comments.map(({ author, time, message }) => ({ author, createdTime: generation.iso(time), message })),
  };
}

function alertOf(alert: AlertPlan, id: string, generation: Generation): IncidentAlert {
  const { name, description, severity, product, start, end, tactics } = alert;
  return { id, name, description, severity, product, startTime: generation.iso(start), endTime: generation.iso(end), tactics };
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
