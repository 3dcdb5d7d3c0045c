// What the admin calls answer, as far as the console's modules name it in JSDoc: for the type checker alone.
declare namespace Answer {
  interface Self {
    name: string;
    role: 'viewer' | 'operator';
    version: string;
    bucket: string;
    incoming: string;
    datasets: { name: string; columns: string[] }[];
  }

  interface Records {
    read: number;
    accepted: number;
    rejected: number;
    unreadable: number;
  }

  interface Minute {
    at: string;
    files: number;
    accepted: number;
    rejected: number;
    unreadable: number;
  }

  interface Item {
    fileId: string;
    status: string;
    key: string;
    size: number;
    committedAt?: string;
    since?: string;
    reason?: string;
    records?: Records;
  }

  interface LastHour {
    since: string;
    exact: boolean;
    files: number;
    records: Records;
    rowsPerSecond: number;
    minutes: Minute[];
    reasons: Record<string, number>;
    recent: Item[];
  }

  interface Group {
    reason: string;
    count: number;
    detail: string;
  }

  interface Snapshot {
    at: string;
    lastHour?: LastHour;
    queue?: { visible: number; hidden: number; delayed: number };
    waiting?: { files: number; oldest?: string; exact: boolean };
    deadLetters?: { open: number; underWay: number; since?: string; groups: Group[]; exact: boolean };
    trouble?: string;
  }

  interface Violation {
    field: string;
    code: string;
    message: string;
  }

  interface Row {
    line: number;
    violations: Violation[];
    cells: string[];
  }

  /** What dead letters a call is about. */
  interface Filter {
    reason?: string;
    dataset?: string;
    keyPrefix?: string;
    ids?: string[];
  }
}
