#!/bin/sh
# Trains, measures and writes the weights, from nothing: DATA=folder [MINUTES=60] [VERSION=1.4.0] sh
# training/everything.sh. START=checkpoint PROGRESS=0.5 SEED=21 goes on from a checkpoint instead.
# One GPU needs about ten minutes for MINUTES=8; two cores do well with MINUTES=120 and more.
set -eu
PYTHON=${PYTHON:-python}
RUN=${RUN:-training/runs/new}
WEIGHTS=${WEIGHTS:-src/dragoman/language/weights}
export PYTHONPATH=src:.
export OMP_WAIT_POLICY=PASSIVE MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_MMAP_THRESHOLD_=4000000000

$PYTHON -m training.train --data "$DATA" --out "$RUN" --minutes "${MINUTES:-60}" \
    ${START:+--start "$START" --progress "${PROGRESS:-0.5}" --seed "${SEED:-21}"}
low="$RUN/frozen.pt"
[ -f "$low" ] || low="$RUN/last.pt"
asked="$RUN/candidates.jsonl"
$PYTHON -m training.candidates --data "$DATA" --model "$WEIGHTS" --out "$asked"
$PYTHON -m training.events --data "$DATA" --candidates "$asked" --start "$low" --out "$RUN" --folds 5 \
    | tee "$RUN/folds.log"
$PYTHON -m training.events --data "$DATA" --candidates "$asked" --start "$low" --out "$RUN"
$PYTHON -m training.export --tags "$RUN/last.pt" --types "$RUN/types.pt" \
    --labels "$RUN/labels.json" --version "${VERSION:-1.4.0}" --out "$WEIGHTS"
$PYTHON -m training.score --data "$DATA" --model "$WEIGHTS" --folds "$RUN/folds.log" \
    --out "$RUN/figures.json"
$PYTHON -m training.export --tags "$RUN/last.pt" --types "$RUN/types.pt" \
    --labels "$RUN/labels.json" --version "${VERSION:-1.4.0}" --out "$WEIGHTS" \
    --figures "$RUN/figures.json"
# Last, what the claims of rules and model are worth, with the models of the five folds.
folds=""
for fold in 0 1 2 3 4; do
    $PYTHON -m training.export --tags "$RUN/last.pt" --types "$RUN/types_$fold.pt" \
        --labels "$RUN/labels.json" --version "fold $fold" --out "$RUN/weights_$fold"
    folds="$folds --fold $fold $RUN/weights_$fold"
done
# shellcheck disable=SC2086
$PYTHON -m training.weigh --data "$DATA" $folds --kept "$RUN" --out src/dragoman/rules/weighing.csv
