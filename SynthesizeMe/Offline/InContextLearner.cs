namespace SynthesizeMe.Offline;

/// <summary>
/// Learns one person's weights from the choices a prompt shows: Bayesian logistic regression from the <see cref="StylePrior"/>, by
/// Laplace's approximation (Rasmussen and Williams, Gaussian Processes for Machine Learning, algorithm 3.1), so its cost depends on the
/// number of choices only.
/// </summary>
/// <remarks>
/// A person may be ordinary or peculiar, and a few choices rarely tell. So the fit is an average over four suppositions, each a scale
/// of the prior's covariance, weighted by how well it explains the choices. Scales and odds were tuned by benchmarks/PriorFit on
/// training halves only.
/// </remarks>
internal static class InContextLearner
{
    private const int MostSteps = 20;

    /// <summary>How far a person is supposed to be from the general taste (a factor on the covariance), and the odds of that.</summary>
    private static ReadOnlySpan<(double Scale, double LogOdds)> Suppositions =>
        new (double, double)[] { (0.05, 1.0986), (1, 0), (4, -1.3863), (16, -2.9957) };

    /// <summary>
    /// The weights after these choices (each the features of the chosen completion minus those of the other) and this persona.
    /// </summary>
    public static PreferenceModel Fit(StylePrior prior, ReadOnlySpan<StyleVector> choices, PersonaShift? persona = null)
    {
        IReadOnlyList<PersonaStatement> statements = persona?.Statements ?? [];
        int rows = choices.Length + statements.Count;
        if (rows == 0)
            return new PreferenceModel(prior, default, default, 0, 0);
        StyleVector[] spread = new StyleVector[rows];
        Evidence evidence = Gather(prior, choices, statements, spread);

        double best = double.NegativeInfinity, total = 0;
        double[] pull = new double[rows];
        foreach ((double scale, double logOdds) in Suppositions)
        {
            double[] alpha = Laplace(evidence, scale, out double fit);
            fit += logOdds;
            double shrink = fit > best ? Math.Exp(best - fit) : 1;
            best = Math.Max(best, fit);
            double weight = Math.Exp(fit - best);
            total = total * shrink + weight;
            for (int i = 0; i < rows; i++)
                pull[i] = pull[i] * shrink + weight * scale * alpha[i];
        }

        StyleVector fromChoices = default, fromPersona = default;
        for (int i = 0; i < rows; i++)
        {
            ref StyleVector sum = ref i < choices.Length ? ref fromChoices : ref fromPersona;
            for (int j = 0; j < StyleVector.Count; j++)
                sum[j] += pull[i] / total * spread[i][j];
        }
        return new PreferenceModel(prior, fromChoices, fromPersona, choices.Length, statements.Count);
    }

    private static Evidence Gather(
        StylePrior prior, ReadOnlySpan<StyleVector> choices, IReadOnlyList<PersonaStatement> statements, StyleVector[] spread)
    {
        int rows = spread.Length;
        StyleVector mean = prior.Mean;
        StyleVector[] directions = new StyleVector[rows];
        double[] offset = new double[rows], noise = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            if (i < choices.Length)
            {
                directions[i] = choices[i];
                offset[i] = choices[i].Dot(mean);
            }
            else
            {
                PersonaStatement statement = statements[i - choices.Length];
                directions[i][statement.Feature] = 1;
                offset[i] = statement.Target(prior);
                noise[i] = statement.Variance(prior);
            }
            spread[i] = prior.Spread(directions[i]);
        }
        double[] kernel = new double[rows * rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
                kernel[i * rows + j] = directions[i].Dot(spread[j]);
        }
        return new Evidence(rows, kernel, offset, noise);
    }

    /// <summary>The pull of each row at the posterior's peak, and the approximate log evidence.</summary>
    private static double[] Laplace(Evidence evidence, double scale, out double logEvidence)
    {
        int n = evidence.Rows;
        double[] latent = new double[n], alpha = new double[n], root = new double[n], b = new double[n], c = new double[n];
        double[] factor = new double[n * n];
        double logLikelihood = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            for (int i = 0; i < n; i++)
            {
                (double gradient, double curvature) = evidence.Slope(i, latent[i]);
                root[i] = Math.Sqrt(curvature);
                b[i] = curvature * latent[i] + gradient;
            }
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                    factor[i * n + j] = root[i] * root[j] * scale * evidence.Kernel[i * n + j] + (i == j ? 1 : 0);
                double sum = 0;
                for (int j = 0; j < n; j++)
                    sum += evidence.Kernel[i * n + j] * b[j];
                c[i] = root[i] * scale * sum;
            }
            Cholesky.Factor(factor, n);
            Cholesky.Solve(factor, n, c);
            double moved = 0;
            for (int i = 0; i < n; i++)
                alpha[i] = b[i] - root[i] * c[i];
            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int j = 0; j < n; j++)
                    sum += evidence.Kernel[i * n + j] * alpha[j];
                moved = Math.Max(moved, Math.Abs(scale * sum - latent[i]));
                latent[i] = scale * sum;
            }
            if (moved < 1e-6)
                break;
        }
        double quadratic = 0;
        for (int i = 0; i < n; i++)
        {
            logLikelihood += evidence.LogLikelihood(i, latent[i]);
            quadratic += alpha[i] * latent[i];
        }
        logEvidence = logLikelihood - quadratic / 2 - Cholesky.LogDiagonal(factor, n);
        return alpha;
    }

    /// <summary>The rows of evidence: a choice when its noise is zero, else a persona's statement with that variance.</summary>
    private readonly record struct Evidence(int Rows, double[] Kernel, double[] Offset, double[] Noise)
    {
        /// <summary>Gradient and curvature of the log likelihood of row <paramref name="row"/>.</summary>
        public (double Gradient, double Curvature) Slope(int row, double latent)
        {
            if (Noise[row] > 0)
                return ((Offset[row] - latent) / Noise[row], 1 / Noise[row]);
            double p = Logistic.Probability(Offset[row] + latent);
            return (1 - p, Math.Max(1e-9, p * (1 - p)));
        }

        /// <summary>The log likelihood of row <paramref name="row"/>, up to a constant.</summary>
        public double LogLikelihood(int row, double latent) => Noise[row] > 0
            ? -(Offset[row] - latent) * (Offset[row] - latent) / (2 * Noise[row])
            : Math.Log(Math.Max(1e-300, Logistic.Probability(Offset[row] + latent)));
    }
}
