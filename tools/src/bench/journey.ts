import type { Agent } from 'node:http';
import type { StageWatch } from './stage-watch';

/** What one person does again and again, and whose server it burdens. */
export interface Journey {
  readonly name: string;
  readonly serverPid: number;
  /** Signs somebody in, in a new browser; throws where they do not arrive as themselves. */
  readonly run: (person: string, agent: Agent) => Promise<StageWatch>;
}
