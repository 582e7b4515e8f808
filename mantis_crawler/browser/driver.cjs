// Runs in the driver before the driver does. It attaches to all targets and lets those that it has no use
// for go on at once, shared workers among them: they would run before our own line has dressed them.
const { stringify } = JSON;
const FILTER = ['shared_worker', 'browser', 'tab'].map((type) => ({ type, exclude: true }));

JSON.stringify = (value, ...how) => {
  if (value && value.method === 'Target.setAutoAttach' && value.params && !value.params.filter)
    value.params.filter = [...FILTER, {}];
  return stringify(value, ...how);
};
